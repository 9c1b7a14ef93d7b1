# Kill -9 of the practice cluster under load, fifty times on one store: nothing acknowledged is lost.
exec sh .ci/tests.sh practice DurabilityTest
