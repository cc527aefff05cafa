/* period: the cells of a time column: years, `2020-05`, `2020-Q1`, ISO dates. */
#ifndef KG_TABLE_PERIOD_H
#define KG_TABLE_PERIOD_H

#include "table/table.h"

enum kg_period_kind { KG_PERIOD_YEAR, KG_PERIOD_QUARTER, KG_PERIOD_MONTH, KG_PERIOD_DAY };

/* One time column, converted: `index` counts periods of the kind (years, quarters, months, days), so that
 * neighbours differ by 1; `year` is the true time in years (start of the period; a day is 1/365.2425 year). */
struct kg_time {
	const char *name;
	enum kg_period_kind kind;
	const struct kg_column *column;
	const long *index;
	const double *year;
};

/* One cell. False: not a period. */
bool kg_period_parse(const char *text, enum kg_period_kind *kind, long *index, double *year);

/* The period's name as in the input: "2020", "2020-Q1", "2020-05", "2020-05-17". Needs 16 bytes. */
void kg_period_text(enum kg_period_kind kind, long index, char *text, size_t size);

/* True time of a period index in years. */
double kg_period_year(enum kg_period_kind kind, long index);

/* Number of a period's last day, counted from 1970-01-01; its first day follows the last of `index - 1`. */
long kg_period_last_day(enum kg_period_kind kind, long index);

/* "% per year" and the like need a name of the unit of lag: "year", "quarter", "month", "day". */
const char *kg_period_noun(enum kg_period_kind kind);

/* Converts a whole column. KG_EUSAGE: no such column. KG_EDATA: a cell that is missing or no period, or kinds that are
 * mixed; names line and cell. */
enum kg_status kg_time_read(const struct kg_table *table, const char *column, struct kg_arena *arena,
			    struct kg_time *time, struct kg_error *error) KG_CHECKED;

#endif
