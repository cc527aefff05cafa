#include "correlate.h"
#include "report/label.h"

/* More pairs and methods than this are counted, not told one by one. */
#define TOLD_MOST 3

/* One coefficient as a sentence tells it. */
struct told {
	const char *x, *y, *method;
	const struct kg_term *term;
	size_t n;
	double percent; /* of the limits */
};

static void tell_coefficient(const struct told *told, struct kg_result *result, struct kg_arena *arena)
{
	const struct kg_term *term = told->term;

	if (isnan(term->conf_low) || isnan(term->conf_high))
		kg_result_remark(
		    result, arena,
		    "'%s' and '%s': %s %.3g, n = %zu; so few rows, or so perfect an association, give no limits",
		    told->x, told->y, told->method, term->estimate, told->n);
	else if (term->conf_low > 0)
		kg_result_remark(result, arena,
				 "Higher '%s' goes with higher '%s': %s %.3g (%g%% limits %.3g to %.3g), n = %zu",
				 told->x, told->y, told->method, term->estimate, told->percent, term->conf_low,
				 term->conf_high, told->n);
	else if (term->conf_high < 0)
		kg_result_remark(result, arena,
				 "Higher '%s' goes with lower '%s': %s %.3g (%g%% limits %.3g to %.3g), n = %zu",
				 told->x, told->y, told->method, term->estimate, told->percent, term->conf_low,
				 term->conf_high, told->n);
	else
		kg_result_remark(
		    result, arena,
		    "No clear association of '%s' and '%s': %s %.3g (%g%% limits %.3g to %.3g, on both sides of 0), "
		    "n = %zu; that does not show there is none",
		    told->x, told->y, told->method, term->estimate, told->percent, term->conf_low, term->conf_high,
		    told->n);
}

/* How many coefficients have limits on one side of zero, over all groups and pairs of a method. */
static void tell_count(const struct kg_correlate_run *run, size_t method, struct kg_result *result,
		       struct kg_arena *arena)
{
	size_t total = run->groups.ngroup * run->npair, above = 0, below = 0, none = 0;

	for (size_t i = 0; i < total; i++) {
		const struct kg_term *term = &kg_correlate_at(run, 0, i, method)->term[0];

		none += isnan(term->estimate);
		above += term->conf_low > 0;
		below += term->conf_high < 0;
	}
	kg_result_remark(result, arena,
			 "%s: of %zu coefficients %zu are above 0 and %zu below with their whole limits, %zu have no "
			 "estimate",
			 kg_label_argument("correlate", "method", run->method.name[method], arena), total, above, below, none);
}

void kg_correlate_tell(const struct kg_correlate_run *run, struct kg_result *result, struct kg_arena *arena)
{
	size_t total = run->groups.ngroup * run->npair, told = 0;

	for (size_t m = 0; m < run->method.count; m++) {
		if (run->groups.ngroup > 1 || total * run->method.count > TOLD_MOST) {
			tell_count(run, m, result, arena);
			told++;
			continue;
		}
		for (size_t p = 0; p < run->npair; p++) {
			const struct kg_pair_estimate *estimate = kg_correlate_at(run, 0, p, m);
			const struct told one = { kg_label_column(run->column[run->pair[p].x], arena),
						  kg_label_column(run->column[run->pair[p].y], arena),
						  kg_label_argument("correlate", "method", run->method.name[m], arena),
						  &estimate->term[0],
						  estimate->n,
						  100 * run->params.conf_level };

			if (isnan(one.term->estimate))
				continue;
			tell_coefficient(&one, result, arena);
			told++;
		}
	}
	if (told)
		kg_result_remark(
		    result, arena,
		    "A correlation is no cause, and one between places need not hold for the people in them");
}
