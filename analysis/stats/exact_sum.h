/* exact_sum: sums of products in twice the precision of long double (Ogita, Rump & Oishi 2005, "Accurate sum and dot
 * product"; products split after Dekker 1971), for residuals that cancel almost completely. */
#ifndef KG_STATS_EXACT_SUM_H
#define KG_STATS_EXACT_SUM_H

#include <float.h>

struct kg_exact_sum {
	long double sum, rest; /* the value is sum + rest */
};

static inline void kg_exact_add(struct kg_exact_sum *total, long double value)
{
	long double sum = total->sum + value, part = sum - total->sum;

	total->rest += (total->sum - (sum - part)) + (value - part);
	total->sum = sum;
}

/* High half of the digits of a value. */
static inline long double kg_exact_high(long double value)
{
	const long double splitter = (long double)(1ULL << (LDBL_MANT_DIG + 1) / 2) + 1;
	long double large = splitter * value;

	return large - (large - value);
}

/* Adds a times b with its rounding error. */
static inline void kg_exact_add_product(struct kg_exact_sum *total, long double a, long double b)
{
	long double product = a * b, a_high = kg_exact_high(a), b_high = kg_exact_high(b);
	long double a_low = a - a_high, b_low = b - b_high;

	kg_exact_add(total, product);
	total->rest += ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
}

static inline long double kg_exact_value(const struct kg_exact_sum *total)
{
	return total->sum + total->rest;
}

#endif
