#include "stats/adjust.h"

#include <math.h>
#include <string.h>

#include "stats/order.h"

/* Factor of the i-th smallest (from 1) of m. */
struct rule {
	const char *method;
	bool step_up; /* from the largest down, else from the smallest up */
	double (*factor)(double i, double m);
};

static double multiply_none(double i, double m)
{
	(void)i;
	(void)m;
	return 1;
}

static double multiply_all(double i, double m)
{
	(void)i;
	return m;
}

static double multiply_left(double i, double m)
{
	return m - i + 1;
}

static double divide_by_rank(double i, double m)
{
	return m / i;
}

static double divide_dependent(double i, double m)
{
	double harmonic = 0;

	for (double k = m; k >= 1; k--)
		harmonic += 1 / k;
	return harmonic * m / i;
}

static const struct rule rules[] = {
	{ "none", false, multiply_none }, { "bonferroni", false, multiply_all }, { "holm", false, multiply_left },
	{ "bh", true, divide_by_rank },	  { "by", true, divide_dependent },
};

static void adjust_sorted(const struct rule *rule, double *p, const uint32_t *index, size_t m)
{
	double scale = rule->factor((double)m, (double)m), running = rule->step_up ? 1 : 0;

	for (size_t k = 0; k < m; k++) {
		size_t i = rule->step_up ? m - k : k + 1;
		double *value = p + index[i - 1];
		/* step-up factors are proportional to m / i: one call, not m */
		double grown =
		    *value * (rule->step_up ? scale * (double)m / (double)i : rule->factor((double)i, (double)m));

		grown = fmin(1, grown);
		running = rule->step_up ? fmin(running, grown) : fmax(running, grown);
		*value = running;
	}
}

bool kg_adjust(const char *method, double *p, size_t n, struct kg_arena *scratch)
{
	double *defined = KG_ARRAY(scratch, double, n ? n : 1);
	uint32_t *at = KG_ARRAY(scratch, uint32_t, n ? n : 1);
	struct kg_order order;
	size_t m = 0;

	for (size_t i = 0; defined && at && i < n; i++)
		if (!isnan(p[i])) {
			at[m] = (uint32_t)i;
			defined[m++] = p[i];
		}
	if (!defined || !at)
		return false;
	order = kg_order_make(defined, m, scratch);
	for (size_t r = 0; r < sizeof rules / sizeof rules[0]; r++)
		if (strcmp(rules[r].method, method) == 0) {
			if (m)
				adjust_sorted(&rules[r], defined, order.index, m);
			for (size_t i = 0; i < m; i++)
				p[at[i]] = defined[i];
			return !kg_arena_failed(scratch);
		}
	return false;
}
