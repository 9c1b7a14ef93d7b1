"""Runs a command on a terminal of its own: terminal.py ROWS COLUMNS [INTERRUPT] COMMAND...

INTERRUPT is a text: when the command has written it, Ctrl-C is typed. Prints what the command wrote; ends with its exit code.
"""

import fcntl
import os
import pty
import struct
import sys
import termios

rows, columns, interrupt, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
process, terminal = pty.fork()
if process == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    os.execvp(command[0], command)
seen = b""
typed = not interrupt
while True:
    try:
        more = os.read(terminal, 4096)
    except OSError:
        break
    if not more:
        break
    seen += more
    if not typed and interrupt.encode() in seen:
        os.write(terminal, b"\x03")
        typed = True
sys.stdout.write(seen.decode())
sys.exit(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
