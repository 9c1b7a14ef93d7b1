'use strict';

// Everything from outside is put in as text, never as HTML.

const steps = document.getElementById('steps');
const state = document.getElementById('state');
let last = {steps: []};

function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function list() {
  const items = last.steps.map((step) => {
    const link = element('a');
    link.href = '#step-' + step.step;
    const sign = element('span', step.sign, 'sign ' + step.mark);
    sign.title = step.mark;
    sign.setAttribute('role', 'img');
    sign.setAttribute('aria-label', step.mark);
    link.append(sign, element('span', step.step + ' ' + step.title));
    const item = element('li');
    item.append(link);
    return item;
  });
  steps.replaceChildren(...items);
}

function verdict(step) {
  const box = element('div', '', 'verdict ' + step.mark);
  box.id = 'verdict-' + step.step;
  const word = element('p');
  word.append(element('span', step.sign + ' ' + (step.mark === 'open' ? 'not yet' : step.mark), 'word'));
  if (step.code) word.append(' ', element('code', step.code));
  box.append(word);
  const fields = ['seen', 'expected', 'why', 'next'].filter((name) => step[name]);
  if (fields.length > 0) {
    const details = element('dl');
    fields.forEach((name) => details.append(element('dt', name), element('dd', step[name])));
    box.append(details);
  }
  return box;
}

function show(now) {
  last = now;
  document.getElementById('progress').textContent =
    now.passed + ' of ' + now.steps.length + ' steps, ' + now.spent + ' of ' + now.minutes + ' minutes';
  const bar = document.getElementById('bar');
  bar.max = Math.max(1, now.steps.length);
  bar.value = now.passed;
  state.textContent = now.complete ? 'complete' : now.busy ? 'checking' : 'up to date';
  const focused = document.activeElement && document.activeElement.getAttribute('href');
  list();
  if (focused) {
    const again = [...steps.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused);
    if (again) again.focus();
  }
  now.steps.forEach((step) => {
    const heading = document.getElementById('step-' + step.step);
    const old = document.getElementById('verdict-' + step.step);
    const box = verdict(step);
    if (old && !old.isEqualNode(box)) old.replaceWith(box);
    else if (!old && heading) heading.after(box);
  });
}

function next() {
  const open = last.steps.find((step) => step.mark !== 'passed' && step.mark !== 'skipped');
  const heading = open && document.getElementById('step-' + open.step);
  if (heading) {
    heading.tabIndex = -1;
    heading.focus();
    heading.scrollIntoView();
  }
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === 'n') next();
  if (event.key === 't') window.scrollTo(0, 0);
});

document.querySelectorAll('pre').forEach((block) => {
  block.tabIndex = 0;
  // A drawing is for looking at.
  if (block.querySelector('.language-text')) return;
  const frame = element('div', '', 'code');
  const copy = element('button', 'Copy');
  copy.type = 'button';
  copy.addEventListener('click', async () => {
    const lines = block.innerText.split('\n');
    const commands = lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2));
    await navigator.clipboard.writeText(commands.length > 0 ? commands.join('\n') + '\n' : block.innerText);
    copy.textContent = 'Copied';
    setTimeout(() => { copy.textContent = 'Copy'; }, 1500);
  });
  block.replaceWith(frame);
  frame.append(block, copy);
});

const live = new EventSource('/live');
live.onmessage = (event) => show(JSON.parse(event.data));
live.onerror = () => { state.textContent = 'mlk has ended, or cannot be reached'; };
