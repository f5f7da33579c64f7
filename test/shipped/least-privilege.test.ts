import { describeLeastPrivilege } from "../support/least-privilege.ts";
import { renderApps } from "../support/render-apps.ts";

describeLeastPrivilege("the AppProjects of the shipped systems", renderApps(), 100);
