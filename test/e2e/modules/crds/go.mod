// The modules that publish the CustomResourceDefinitions; nothing is compiled. `go mod tidy` would empty this file.
module keelson.test/crds

go 1.26.0

require (
	github.com/bitnami-labs/sealed-secrets v0.36.6
	github.com/external-secrets/external-secrets v1.3.2
	github.com/kyverno/kyverno v1.19.0
	github.com/prometheus-operator/prometheus-operator v0.85.0
	github.com/sigstore/policy-controller v0.15.1
	istio.io/api v1.31.1
	sigs.k8s.io/gateway-api v1.6.3
)
