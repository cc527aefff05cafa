/* cases: reference values from tests/cases/<name>.csv: case,analysis,term,quantity,expected,digits,source. */
#ifndef KG_TESTS_CASES_H
#define KG_TESTS_CASES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct kg_case {
	const char *inputs, *analysis, *term, *quantity; /* inputs: the column `case`, such as "x=5 n=820 level=0.99" */
	double expected, digits;
};

/* Digits of agreement: -log10 of the relative error, of the absolute error where 0 is expected; at most 15. */
static inline double kg_digits(double got, double expected)
{
	double error = expected == 0 ? fabs(got) : fabs(got - expected) / fabs(expected);

	return isnan(got) ? -1 : error == 0 ? 15 : fmin(15, -log10(error));
}

static inline void kg_assert_digits(double got, double expected, double digits, const char *what)
{
	if (kg_digits(got, expected) >= digits || (isinf(expected) && got == expected))
		return;
	fail_msg("%s: got %.17g, expected %.17g: %.1f of %g digits", what, got, expected, kg_digits(got, expected),
		 digits);
}

/* The number after `name=` in the inputs of a case; `otherwise` when it is not there. */
static inline double kg_case_input(const struct kg_case *of, const char *name, double otherwise)
{
	size_t length = strlen(name);

	for (const char *at = of->inputs; at; at = strchr(at, ' ') ? strchr(at, ' ') + 1 : NULL)
		if (strncmp(at, name, length) == 0 && at[length] == '=')
			return strtod(at + length + 1, NULL);
	return otherwise;
}

/* Cells before `source` hold no commas and no quotes. */
static inline void kg_case_split(char *line, struct kg_case *into)
{
	char *cell[6], *rest = line;

	for (size_t i = 0; i < 6; i++)
		cell[i] = strsep(&rest, ",");
	assert_non_null(cell[5]);
	*into = (struct kg_case){ cell[0], cell[1], cell[2], cell[3], strtod(cell[4], NULL), strtod(cell[5], NULL) };
}

/* Value that the test computes for a case; NaN = it must not be compared, which fails. */
typedef double kg_case_value(const struct kg_case *of);

/* Compares every row of tests/cases/<name>.csv; returns how many. */
static inline size_t kg_cases_check(const char *name, kg_case_value *value)
{
	char path[256], line[4096], what[4096];
	size_t count = 0;
	FILE *file;

	snprintf(path, sizeof path, "tests/cases/%s.csv", name);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof line, file));
	while (fgets(line, sizeof line, file)) {
		struct kg_case of;

		snprintf(what, sizeof what, "%s", line);
		kg_case_split(line, &of);
		kg_assert_digits(value(&of), of.expected, of.digits, what);
		count++;
	}
	fclose(file);
	assert_true(count > 0);
	return count;
}

#endif
