/** The cluster that Argo CD itself runs in, as a destination names it. */
export const inClusterServer = "https://kubernetes.default.svc";

/** The same cluster by name. */
export const inClusterName = "in-cluster";
