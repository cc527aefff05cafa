#include "stats/logit_summary.h"

#include <math.h>
#include <Rmath.h>

#include "stats/auc.h"

static double get_trials(const struct kg_logit_problem *problem, size_t i)
{
	return problem->trials ? problem->trials[i] : 1;
}

struct kg_logit_totals kg_logit_total(const struct kg_logit_problem *problem)
{
	struct kg_logit_totals totals = { 0, 0 };

	for (size_t i = 0; i < problem->design->n; i++) {
		totals.success += problem->success[i];
		totals.trials += get_trials(problem, i);
	}
	return totals;
}

/* x log(x / expected), 0 at 0 */
static double share_log(double x, double expected)
{
	return x > 0 ? x * log(x / expected) : 0;
}

static double find_deviance(const struct kg_logit_problem *problem, const double *fitted, double constant)
{
	long double sum = 0;

	for (size_t i = 0; i < problem->design->n; i++) {
		double m = get_trials(problem, i), y = problem->success[i], share = fitted ? fitted[i] : constant;

		if (m > 0)
			sum += share_log(y, m * share) + share_log(m - y, m * (1 - share));
	}
	return (double)(2 * sum);
}

double kg_logit_likelihood(const struct kg_logit_problem *problem, const double *linear)
{
	long double sum = 0;

	for (size_t i = 0; i < problem->design->n; i++) {
		double m = get_trials(problem, i), y = problem->success[i], x = linear[i];

		if (problem->trials)
			sum += lchoose(m, y);
		sum -= y * log1p(exp(-fabs(x))) + (m - y) * log1p(exp(-fabs(x)));
		sum -= x > 0 ? (m - y) * x : -y * x;
	}
	return (double)sum;
}

static struct kg_term make(const char *name, double estimate)
{
	struct kg_term term = kg_term_new(name, NULL);

	term.estimate = estimate;
	return term;
}

static struct kg_term make_ratio_test(double deviance, double null_deviance, size_t rank)
{
	struct kg_term term = make("likelihood_ratio", null_deviance - deviance);

	if (rank < 2)
		return kg_term_new("likelihood_ratio", NULL);
	term.statistic = term.estimate;
	term.df = (double)rank - 1;
	term.p_value = pchisq(term.statistic, term.df, 0, 0);
	return term;
}

static struct kg_term make_auc(const struct kg_logit_problem *problem, const struct kg_logit *fit, double conf_level,
			       struct kg_arena *scratch)
{
	struct kg_auc auc = kg_auc_estimate(fit->linear, problem->success, problem->design->n, scratch);
	struct kg_interval limits = kg_auc_limits(auc, conf_level);
	struct kg_term term = make("auc", auc.estimate);

	term.std_error = auc.std_error;
	term.conf_low = limits.low;
	term.conf_high = limits.high;
	return term;
}

/* Difference between the mean fitted probability of successes and of failures (Tjur 2009). */
static double find_tjur(const struct kg_logit_problem *problem, const struct kg_logit *fit)
{
	struct kg_logit_totals totals = kg_logit_total(problem);
	long double one = 0, zero = 0;

	for (size_t i = 0; i < problem->design->n; i++) {
		one += problem->success[i] * fit->fitted[i];
		zero += (1 - problem->success[i]) * fit->fitted[i];
	}
	return (double)(one / totals.success - zero / (totals.trials - totals.success));
}

static double find_brier(const struct kg_logit_problem *problem, const struct kg_logit *fit)
{
	long double sum = 0;

	for (size_t i = 0; i < problem->design->n; i++) {
		double d = problem->success[i] - fit->fitted[i];

		sum += d * d;
	}
	return (double)(sum / problem->design->n);
}

size_t kg_logit_summary(const struct kg_logit_problem *problem, const struct kg_logit *fit, double conf_level,
			struct kg_arena *scratch, struct kg_term *out)
{
	struct kg_logit_totals totals = kg_logit_total(problem);
	double likelihood = kg_logit_likelihood(problem, fit->linear), n = (double)problem->design->n;
	double rank = (double)fit->full->rank, deviance = find_deviance(problem, fit->fitted, 0);
	double null_deviance = find_deviance(problem, NULL, totals.success / totals.trials);
	double cox_snell = 1 - exp((deviance - null_deviance) / n), most = 1 - exp(-null_deviance / n);
	size_t count = 0;

	out[count++] = make("log_likelihood", likelihood);
	out[count++] = make("deviance", deviance);
	out[0].df = rank;
	out[1].df = n - rank;
	out[count++] = make("null_deviance", null_deviance);
	out[2].df = n - 1;
	out[count++] = make("aic", -2 * likelihood + 2 * rank);
	out[count++] = make("bic", -2 * likelihood + log(n) * rank);
	out[count++] = make_ratio_test(deviance, null_deviance, fit->full->rank);
	out[count++] = make("mcfadden_r2", 1 - deviance / null_deviance);
	if (problem->trials)
		return count;
	out[count++] = make("cox_snell_r2", cox_snell);
	out[count++] = make("nagelkerke_r2", cox_snell / most);
	out[count++] = make("estrella_r2", 1 - pow(deviance / null_deviance, null_deviance / n));
	out[count++] = make("tjur_r2", find_tjur(problem, fit));
	out[count++] = make("brier", find_brier(problem, fit));
	out[count++] = make_auc(problem, fit, conf_level, scratch);
	return count;
}
