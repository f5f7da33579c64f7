import { renderBookshop } from "../fixtures/bookshop/render.ts";
import { describeLeastPrivilege } from "../support/least-privilege.ts";

describeLeastPrivilege("the AppProjects of the bookshop", renderBookshop(), 50);
