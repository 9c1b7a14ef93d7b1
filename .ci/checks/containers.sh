# Containers as processes, the slow part: many at once, programs that log as fast as they can, the loss of the private network.
exec sh .ci/tests.sh practice StubbornTest,IsolationTest
