import { SyncWindow } from "../../lib/definition/sync-window.ts";

/** 20 December to 2 January: nothing is released over the turn of the year, and nothing is synced by itself. */
export const turnOfYear = { schedule: "0 0 20 12 *", duration: "336h", timeZone: "Europe/Amsterdam" };

/** Office hours, and not over the turn of the year; a sync by hand passes, so that a rollback at night stays possible. */
export const maintenanceWindows = [
  SyncWindow.allow({
    schedule: "0 9 * * 1-4",
    duration: "7h",
    timeZone: "Europe/Amsterdam",
    description: "Monday to Thursday, 09:00 to 16:00",
  }),
  SyncWindow.deny({ ...turnOfYear, description: "20 December to 2 January" }),
];
