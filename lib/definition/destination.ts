/**
 * A cluster as Argo CD knows it: by API server address or by the name of its cluster Secret, never both.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters
 */
export type Destination = { readonly server: string; readonly name?: never } | { readonly name: string; readonly server?: never };
