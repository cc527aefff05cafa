/* growth: what the growth methods share: values that may be rates or bounds, and ratios of two of them. Pure numbers.
 */
#ifndef KG_STATS_GROWTH_H
#define KG_STATS_GROWTH_H

#include "stats/stat.h"

/* params->own of the growth methods: the sharp range of each y and exposure; NULL = all are exact.
 * sample->y may be NaN (missing at a period that is in the data) for change and index alone. */
struct kg_growth {
	const double *low, *high;
	const double *exposure_low, *exposure_high;
};

/* A value and its sharp range (equal to it when exact). `why`: there is no value. */
struct kg_growth_value {
	long double value, low, high;
	enum kg_why why;
};

/* Observation i: y, or y / exposure where the sample has exposures. MISSING, or ZERO_DENOMINATOR. */
struct kg_growth_value kg_growth_at(const struct kg_sample *sample, const struct kg_params *params, size_t i);

/* to / from with its range, ends infinite where the base reaches zero. `why`: that of an operand; NEW from zero to
 * positive; ZERO_BASE for any other base that is not positive. */
struct kg_growth_value kg_growth_ratio(const struct kg_growth_value *from, const struct kg_growth_value *to);

/* Ratio of observations `from` and `to`; besides, GAP when `from` is SIZE_MAX and SERIES_BREAK when they are of
 * different strata. */
struct kg_growth_value kg_growth_between(const struct kg_sample *sample, const struct kg_params *params, size_t from,
					 size_t to);

/* Position of a calendar key in sample->period (ascending), SIZE_MAX when it is not there. */
size_t kg_growth_find(const struct kg_sample *sample, long period);

/* True when every y is a whole number, zero or more. */
bool kg_growth_counts(const struct kg_sample *sample);

/* Puts estimate = scale * ratio + shift into `term`, with the range when there is one (note BOUND). */
void kg_growth_fill(struct kg_term *term, const struct kg_growth_value *ratio, double scale, double shift);

/* The design of a straight line over time, a column of ones and one of years: 2 n values, NULL when memory is out. */
double *kg_growth_line(const struct kg_sample *sample, struct kg_arena *scratch);

/* The slope of a logarithm per year as a change in percent, term `apc`; its standard error by the delta method. */
struct kg_term kg_growth_percent(const struct kg_term *slope);

/* One group's contribution to the growth of a total, in percent of the total before: (to - from) / total.
 * `rest`: the total before without this group. Sums over groups to the growth of the total. */
struct kg_term kg_contribution(const struct kg_growth_value *from, const struct kg_growth_value *to,
			       const struct kg_growth_value *rest, const char *unit);

#endif
