#include "table/period.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Mean length of a Gregorian year. */
#define DAYS_PER_YEAR 365.2425
/* Day number of 1970-01-01 counted from year 0, so that year = day / DAYS_PER_YEAR is near the calendar's. */
#define EPOCH_YEAR 1970.0

/* Day number of a civil date (Howard Hinnant's algorithm, "chrono-compatible low-level date algorithms"). */
static long join_day(long year, unsigned month, unsigned date)
{
	long shifted = month <= 2 ? year - 1 : year, era = (shifted >= 0 ? shifted : shifted - 399) / 400;
	unsigned of_era = (unsigned)(shifted - era * 400);
	unsigned of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1;

	return era * 146097 + (long)(of_era * 365 + of_era / 4 - of_era / 100 + of_year) - 719468;
}

static bool scan_digits(const char **at, size_t count, long *value)
{
	*value = 0;
	for (size_t i = 0; i < count; i++, (*at)++) {
		if (!isdigit((unsigned char)**at))
			return false;
		*value = *value * 10 + (**at - '0');
	}
	return true;
}

static unsigned last_date(long year, long month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool kg_period_parse(const char *text, enum kg_period_kind *kind, long *index, double *year)
{
	long whole, part, date;

	if (!scan_digits(&text, 4, &whole))
		return false;
	if (!*text) {
		*kind = KG_PERIOD_YEAR;
		*index = whole;
	} else if (text[0] == '-' && text[1] == 'Q' && text[2] >= '1' && text[2] <= '4' && !text[3]) {
		*kind = KG_PERIOD_QUARTER;
		*index = whole * 4 + (text[2] - '1');
	} else {
		if (*text++ != '-' || !scan_digits(&text, 2, &part) || part < 1 || part > 12)
			return false;
		*kind = KG_PERIOD_MONTH;
		*index = whole * 12 + part - 1;
		if (*text) {
			if (*text++ != '-' || !scan_digits(&text, 2, &date) || *text || date < 1 ||
			    date > (long)last_date(whole, part))
				return false;
			*kind = KG_PERIOD_DAY;
			*index = join_day(whole, (unsigned)part, (unsigned)date);
		}
	}
	*year = kg_period_year(*kind, *index);
	return true;
}

double kg_period_year(enum kg_period_kind kind, long index)
{
	switch (kind) {
	case KG_PERIOD_YEAR:
		return (double)index;
	case KG_PERIOD_QUARTER:
		return (double)index / 4;
	case KG_PERIOD_MONTH:
		return (double)index / 12;
	case KG_PERIOD_DAY:
		break;
	}
	return EPOCH_YEAR + (double)index / DAYS_PER_YEAR;
}

long kg_period_last_day(enum kg_period_kind kind, long index)
{
	long month = kind == KG_PERIOD_YEAR ? index * 12 + 11 : kind == KG_PERIOD_QUARTER ? index * 3 + 2 : index;

	if (kind == KG_PERIOD_DAY)
		return index;
	return join_day(month / 12, (unsigned)(month % 12) + 1, last_date(month / 12, month % 12 + 1));
}

void kg_period_text(enum kg_period_kind kind, long index, char *text, size_t size)
{
	struct kg_column day = { .type = KG_DATE };
	double real = (double)index;
	struct kg_arena *arena;

	switch (kind) {
	case KG_PERIOD_YEAR:
		snprintf(text, size, "%ld", index);
		return;
	case KG_PERIOD_QUARTER:
		snprintf(text, size, "%04ld-Q%ld", index / 4, index % 4 + 1);
		return;
	case KG_PERIOD_MONTH:
		snprintf(text, size, "%04ld-%02ld", index / 12, index % 12 + 1);
		return;
	case KG_PERIOD_DAY:
		break;
	}
	day.real = &real;
	arena = kg_arena_new(0);
	snprintf(text, size, "%s", arena ? kg_column_cell(&day, 0, arena) : "");
	kg_arena_free(arena);
}

const char *kg_period_noun(enum kg_period_kind kind)
{
	static const char *const noun[] = { "year", "quarter", "month", "day" };

	return noun[kind];
}

/* Larger numbers in a time column are mistakes: counts, codes, dates without dashes. */
#define YEAR_MOST 999999

struct reading {
	const struct kg_table *table;
	const struct kg_column *column;
	long *index;
	double *year;
	enum kg_period_kind kind;
	bool any;
};

static enum kg_status refuse(const struct reading *reading, size_t row, const char *what, struct kg_error *error)
{
	struct kg_arena *arena = kg_arena_new(0);
	const char *cell = arena ? kg_column_cell(reading->column, row, arena) : "";
	enum kg_status status =
	    kg_error_cell(error, KG_EDATA, reading->table->from->file, kg_table_line(reading->table, row),
			  reading->column->name, "'%s' %s", cell ? cell : "", what);

	kg_arena_free(arena);
	return status;
}

static enum kg_status read_cell(struct reading *reading, size_t row, struct kg_error *error)
{
	const struct kg_column *column = reading->column;
	enum kg_period_kind kind = KG_PERIOD_YEAR;

	if (kg_column_missing(column, row))
		return refuse(reading, row, "is no period; fill the cell, or drop the row with --where", error);
	if (column->type == KG_TEXT) {
		if (!kg_period_parse(column->level[column->code[row]], &kind, &reading->index[row],
				     &reading->year[row]))
			return refuse(reading, row, "is no period; write 2020, 2020-05, 2020-Q1 or 2020-05-17", error);
	} else {
		if (column->real[row] != nearbyint(column->real[row]))
			return refuse(reading, row, "is no period; years are whole numbers", error);
		if (fabs(column->real[row]) > YEAR_MOST && column->type != KG_DATE)
			return refuse(reading, row, "is no period; years have at most six digits", error);
		kind = column->type == KG_DATE ? KG_PERIOD_DAY : KG_PERIOD_YEAR;
		reading->index[row] = (long)column->real[row];
		reading->year[row] = kg_period_year(kind, reading->index[row]);
	}
	if (reading->any && kind != reading->kind)
		return refuse(reading, row, "is a period of another kind than those above; use one kind in a column",
			      error);
	reading->kind = kind;
	reading->any = true;
	return KG_OK;
}

enum kg_status kg_time_read(const struct kg_table *table, const char *column, struct kg_arena *arena,
			    struct kg_time *time, struct kg_error *error)
{
	struct reading reading = { .table = table, .kind = KG_PERIOD_YEAR };

	KG_TRY(kg_table_column(table, column, &reading.column, error));
	reading.index = KG_ARRAY(arena, long, table->nrow);
	reading.year = KG_ARRAY(arena, double, table->nrow);
	if (!reading.index || !reading.year)
		return kg_error_memory(error);
	for (size_t row = 0; row < table->nrow; row++)
		KG_TRY(read_cell(&reading, row, error));
	*time = (struct kg_time){ column, reading.kind, reading.column, reading.index, reading.year };
	return KG_OK;
}
