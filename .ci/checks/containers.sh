# Containers as processes, the slow part: many at once, and programs that log as fast as they can.
exec sh .ci/tests.sh practice StubbornTest
