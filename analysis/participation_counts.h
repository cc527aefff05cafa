/* participation_counts: a count column and its denominator, group by group: what rates, proportions and per-event means
 * are made of. Everything lives in the arenas passed in; the table is borrowed. */
#ifndef KG_PARTICIPATION_COUNTS_H
#define KG_PARTICIPATION_COUNTS_H

#include "program.h"
#include "stats/stat.h"
#include "table/group.h"

struct kg_counts_source {
	const struct kg_table *table;
	const struct kg_column *count, *denominator;
	const struct kg_column *weight;	  /* events of each person counted, NULL = none */
	const struct kg_column *sampling; /* multiplies count and denominator, NULL = none */
	const struct kg_column *years;	  /* multiplies the denominator, NULL = `years_all` */
	double years_all;
	bool missing_zero; /* a missing count is a true zero */
};

/* Complete rows of one group. */
struct kg_counts {
	struct kg_sample sample; /* y = counts, exposure = denominators (times years), weight, x = sampling weights */
	double n_missing;
	long double count, denominator;	   /* sums of the stated figures */
	long double count_low, count_high; /* sums of the least and most they can be */
	long double denominator_low, denominator_high;
	bool bounded;	      /* some input is a bound */
	bool negative, above; /* some count is below 0, above its denominator */
};

/* Finds the columns; `name`: count, denominator, weight, years (the last two may be NULL; years may be a number). */
enum kg_status kg_counts_open(const struct kg_table *table, const char *const name[4], struct kg_counts_source *source,
			      struct kg_error *error) KG_CHECKED;

/* The least and the most that the count or denominator of a cell can be: the stated figure where it is exact, 0 where
 * it is missing. They are never below 0. */
void kg_counts_range(const struct kg_column *column, size_t row, double *low, double *high);

/* Collects rows row[0] .. row[n - 1]. False: memory is out. */
bool kg_counts_make(const struct kg_counts_source *source, const uint32_t *row, size_t n, struct kg_arena *scratch,
		    struct kg_counts *counts);

/* The sharp range of multiplier * count / denominator into the term, with the note, where inputs are bounds; `most` is
 * the largest value it can have (1 for a proportion, INFINITY). Does nothing else. */
void kg_counts_bound(const struct kg_counts *counts, double multiplier, double most, struct kg_term *term);

/* "attendances per 1000 persons per year"; NULL when memory is out. */
const char *kg_counts_unit(const struct kg_counts_source *source, double multiplier, struct kg_arena *arena);

/* Adds " per denominator by a, b" to the title. */
void kg_counts_title(const struct kg_counts_source *source, const struct kg_names *by, struct kg_result *result,
		     struct kg_arena *arena);

/* What a picture of a result shows: the rows of one term and, unless NULL, one method. */
struct kg_counts_shown {
	const char *kind, *term, *method;
	const char *label; /* column that names places or periods */
};

/* A picture of those rows, with the method in its note where there are others. Bars along a column of periods become
 * lines. */
enum kg_status kg_counts_picture(struct kg_result *result, const struct kg_counts_shown *shown, struct kg_arena *arena,
				 struct kg_error *error) KG_CHECKED;

#endif
