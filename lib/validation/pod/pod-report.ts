/**
 * Takes up something wrong with a Pod.
 *
 * @param what - begins with the part of the Pod, unless it is the whole: `container 'catalogue' has two ports 'http'`
 */
export type PodReport = (what: string, hint: string) => void;
