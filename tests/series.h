/* series: columns of the small input tables in tests/cases/data (plain numbers, no quotes), and terms by name. */
#ifndef KG_TESTS_SERIES_H
#define KG_TESTS_SERIES_H

#include "cases.h"
#include "stats/stat.h"

#define KG_SERIES_MOST 512

struct kg_test_series {
	size_t n;
	double y[KG_SERIES_MOST];
};

static inline size_t kg_test_find(char *header, const char *name)
{
	size_t at = 0;

	header[strcspn(header, "\r\n")] = '\0';
	for (char *cell; (cell = strsep(&header, ",")); at++)
		if (strcmp(cell, name) == 0)
			return at;
	fail_msg("no column '%s'", name);
	return 0;
}

/* The column `name` (NULL = the first) of tests/cases/data/<file>.csv; empty cells are NaN. */
static inline void kg_test_series_read(const char *file, const char *name, struct kg_test_series *series)
{
	char path[256], line[4096];
	size_t at = 0;
	FILE *in;

	snprintf(path, sizeof path, "tests/cases/data/%s.csv", file);
	in = fopen(path, "r");
	assert_non_null(in);
	assert_non_null(fgets(line, sizeof line, in));
	if (name)
		at = kg_test_find(line, name);
	for (series->n = 0; fgets(line, sizeof line, in); series->n++) {
		char *rest = line, *cell = NULL;

		assert_true(series->n < KG_SERIES_MOST);
		for (size_t i = 0; i <= at; i++)
			cell = strsep(&rest, ",");
		series->y[series->n] = cell && *cell && *cell != '\n' ? strtod(cell, NULL) : NAN;
	}
	fclose(in);
}

static inline double kg_test_quantity(const struct kg_term *term, const char *quantity)
{
	return strcmp(quantity, "estimate") == 0    ? term->estimate
	       : strcmp(quantity, "std_error") == 0 ? term->std_error
	       : strcmp(quantity, "conf_low") == 0  ? term->conf_low
	       : strcmp(quantity, "conf_high") == 0 ? term->conf_high
	       : strcmp(quantity, "statistic") == 0 ? term->statistic
	       : strcmp(quantity, "df") == 0	    ? term->df
	       : strcmp(quantity, "p_value") == 0   ? term->p_value
						    : NAN;
}

/* A quantity of the term of that name among `count`; NaN when there is none. */
static inline double kg_test_term(const struct kg_term *term, size_t count, const char *name, const char *quantity)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(term[i].term, name) == 0)
			return kg_test_quantity(&term[i], quantity);
	return NAN;
}

#endif
