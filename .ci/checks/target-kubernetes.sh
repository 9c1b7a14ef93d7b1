# The same behaviour tests with nothing but Kubernetes' own programs in the control plane.
exec bash "$(dirname "$0")/target-parts.sh" kubernetes
