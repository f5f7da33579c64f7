/** What the scheduler needs to know of every container: the rule of resources reports one that does not say it. */
export const requestedResources = ["cpu", "memory"] as const;
