/* query_tally: aggregates that SQL lacks or that need more care: compensated sums, the median. */
#ifndef KG_TABLE_QUERY_TALLY_H
#define KG_TABLE_QUERY_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Running sum of numbers that can also be taken out again (window frames), compensated (Neumaier 1974). Start
 * zeroed. */
struct kg_tally {
	double sum, lost; /* lost: low-order digits that `sum` could not hold */
	int64_t integer;  /* sum of the integers alone */
	size_t n, nreal;
	bool overflow;
};

void kg_tally_integer(struct kg_tally *tally, int64_t value, int sign);
void kg_tally_real(struct kg_tally *tally, double value, int sign);
double kg_tally_sum(const struct kg_tally *tally);

/* Values kept for an order statistic. Start zeroed; `kg_values_free` releases. */
struct kg_values {
	double *value;
	size_t n, room;
};

/* False when memory is out. */
bool kg_values_add(struct kg_values *values, double value);
void kg_values_free(struct kg_values *values);

/* Median (mean of the middle two when n is even), NaN for n = 0; sorts the values. */
double kg_values_median(struct kg_values *values);

/* Standard deviation with divisor n - 1, two passes; NaN for n < 2. */
double kg_values_sd(const struct kg_values *values);

#endif
