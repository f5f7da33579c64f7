// The modules that publish the CustomResourceDefinitions; nothing is compiled. `go mod tidy` would empty this file.
module keelson.test/crds

go 1.26.0

require (
	github.com/external-secrets/external-secrets v1.3.2
	github.com/prometheus-operator/prometheus-operator v0.85.0
	istio.io/api v1.31.1
	sigs.k8s.io/gateway-api v1.6.3
)
