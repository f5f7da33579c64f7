/** Whether a text is a day of the calendar: `2027-06-30`. */
export function isCalendarDay(text: string): boolean {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const days = new Map([["02", isLeap(Number(year)) ? 29 : 28], ...["04", "06", "09", "11"].map((name): [string, number] => [name, 30])]);
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= (days.get(month) ?? 31);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
