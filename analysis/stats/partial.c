#include <math.h>
#include <string.h>

#include "stats/correlation.h"
#include "stats/qr.h"

/* A covariate whose part that the ones before leave is below this share of it says nothing new. */
#define NEW_SHARE_LEAST 1e-10

/* What remains of a column is rounding of its values when it is shorter than this share of it. */
#define REMAINDER_LEAST 1e-14

/* What remains of `value` after least squares on the covariates and a constant; zeros when that is rounding. */
static double *take_out(const struct kg_qr *qr, const double *value, size_t n, const struct kg_design *design,
			struct kg_arena *scratch)
{
	double *left = KG_ARRAY(scratch, double, n);
	long double whole = 0, rest = 0;
	long double *z = KG_ARRAY(scratch, long double, n), *solution = KG_ARRAY(scratch, long double, design->p);

	if (!left || !z || !solution)
		return NULL;
	for (size_t i = 0; i < n; i++)
		z[i] = value[i];
	kg_qr_solve(qr, z, solution);
	for (size_t i = 0; i < n; i++) {
		long double fitted = 0;

		for (size_t j = 0; j < design->p; j++)
			fitted += solution[j] * design->x[j * n + i];
		left[i] = (double)(value[i] - fitted);
		whole += (long double)value[i] * value[i];
		rest += (value[i] - fitted) * (value[i] - fitted);
	}
	if (rest <= REMAINDER_LEAST * REMAINDER_LEAST * whole)
		memset(left, 0, n * sizeof *left);
	return left;
}

static double *copy_scores(const double *value, size_t n, bool ranks, struct kg_arena *scratch)
{
	double *score = KG_ARRAY(scratch, double, n);
	struct kg_order order;

	if (!score || !ranks) {
		if (score)
			memcpy(score, value, n * sizeof *score);
		return score;
	}
	order = kg_order_make(value, n, scratch);
	if (order.index)
		kg_order_ranks(&order, score);
	return score;
}

/* A constant and the covariates, or their ranks. */
static struct kg_design make_covariates(const struct kg_sample *sample, bool ranks, struct kg_arena *scratch)
{
	size_t n = sample->n, count = sample->design ? sample->design->p : 0;
	struct kg_design design = { .n = n, .p = count + 1, .intercept = true };
	double *x = KG_ARRAY(scratch, double, n *design.p);

	for (size_t i = 0; x && i < n; i++)
		x[i] = 1;
	for (size_t j = 0; x && j < count; j++) {
		double *score = copy_scores(sample->design->x + j * n, n, ranks, scratch);

		if (score)
			memcpy(x + (j + 1) * n, score, n * sizeof *x);
	}
	design.x = x;
	return design;
}

/* 1 less the share of y's sum of squares about its mean that is left: what the covariates explain. */
static double find_explained(const double *y, const double *left, size_t n)
{
	long double mean = 0, whole = 0, rest = 0;

	for (size_t i = 0; i < n; i++)
		mean += y[i];
	mean /= n;
	for (size_t i = 0; i < n; i++) {
		whole += (y[i] - mean) * (y[i] - mean);
		rest += (long double)left[i] * left[i];
	}
	return whole > 0 ? (double)(1 - rest / whole) : 0;
}

/* Takes the covariates out of x, and of y unless `half`. */
static void prepare(const struct kg_sample *sample, struct kg_pair *pair, bool ranks, bool half,
		    struct kg_arena *scratch)
{
	struct kg_design design = make_covariates(sample, ranks, scratch);
	const double *x = copy_scores(sample->x, sample->n, ranks, scratch);
	const double *y = copy_scores(sample->y, sample->n, ranks, scratch), *left;
	struct kg_qr *qr = kg_qr_new(sample->n, design.p, scratch);

	if (kg_arena_failed(scratch) || !qr)
		return;
	kg_qr_factor(qr, &design, NULL);
	pair->taken = qr->rank - 1;
	x = take_out(qr, x, sample->n, &design, scratch);
	left = take_out(qr, y, sample->n, &design, scratch);
	if (!x || !left)
		return;
	if (half)
		pair->explained = find_explained(y, left, sample->n);
	else
		y = left;
	kg_pair_scale(x, y, pair, scratch);
	pair->by_y = kg_order_make(y, sample->n, scratch); /* what is permuted */
}

/* Weighted cross products of x, y and the covariates, less their means: (k + 2) squared, covariates first. */
static double *cross(double *const *column, size_t k, const uint32_t *count, size_t n, struct kg_arena *scratch)
{
	double *product = KG_ARRAY(scratch, double, k *k), total = 0;

	for (size_t i = 0; i < n; i++)
		total += count[i];
	for (size_t a = 0; product && a < k; a++) {
		double mean = 0;

		for (size_t i = 0; i < n; i++)
			mean += count[i] * column[a][i];
		mean /= total;
		for (size_t i = 0; i < n; i++)
			column[a][i] -= mean;
		for (size_t b = 0; b <= a; b++) {
			for (size_t i = 0; i < n; i++)
				product[a * k + b] += count[i] * column[a][i] * column[b][i];
			product[b * k + a] = product[a * k + b];
		}
	}
	return product;
}

/* Takes covariate j out of the cross products of all others. */
static void sweep(double *product, size_t k, size_t j, double whole)
{
	if (!(product[j * k + j] > NEW_SHARE_LEAST * whole))
		return;
	for (size_t a = j + 1; a < k; a++)
		for (size_t b = k; b-- > j + 1;)
			product[a * k + b] -= product[a * k + j] * product[j * k + b] / product[j * k + j];
}

static double count_partial(const struct kg_pair *pair, double *const *column, bool half, const uint32_t *count,
			    struct kg_arena *scratch)
{
	size_t k = (pair->sample->design ? pair->sample->design->p : 0) + 2;
	double *product = cross(column, k, count, pair->n, scratch), whole_y, x, y;

	if (!product)
		return NAN;
	whole_y = product[k * k - 1];
	for (size_t j = 0; j + 2 < k; j++)
		sweep(product, k, j, product[j * k + j]);
	x = product[(k - 2) * k + k - 2];
	y = half ? whole_y : product[k * k - 1];
	return x > 0 && y > 0 ? fmax(-1, fmin(1, product[(k - 2) * k + k - 1] / sqrt(x * y))) : NAN;
}

/* Covariates, x and y, as values or as ranks of the resample. */
static double **list_columns(const struct kg_pair *pair, bool ranks, const uint32_t *count, struct kg_arena *scratch)
{
	size_t n = pair->n, z = pair->sample->design ? pair->sample->design->p : 0;
	double **column = KG_ARRAY(scratch, double *, z + 2);

	for (size_t j = 0; column && j < z + 2; j++) {
		const double *value = j < z    ? pair->sample->design->x + j * n
				      : j == z ? pair->sample->x
					       : pair->sample->y;
		struct kg_order order;

		column[j] = KG_ARRAY(scratch, double, n);
		if (!column[j])
			return NULL;
		memcpy(column[j], value, n * sizeof *value);
		if (!ranks)
			continue;
		order = kg_order_make(value, n, scratch);
		if (order.index)
			kg_order_ranks_counted(&order, count, column[j]);
	}
	return column;
}

static double count_as(const void *data, bool ranks, bool half, const uint32_t *count, struct kg_arena *scratch)
{
	const struct kg_pair *pair = data;
	double **column = list_columns(pair, ranks, count, scratch);

	return column ? count_partial(pair, column, half, count, scratch) : NAN;
}

static void prepare_values(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch)
{
	prepare(sample, pair, false, false, scratch);
}

static void prepare_ranks(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch)
{
	prepare(sample, pair, true, false, scratch);
}

static void prepare_half(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch)
{
	prepare(sample, pair, false, true, scratch);
}

static void prepare_half_ranks(const struct kg_sample *sample, struct kg_pair *pair, struct kg_arena *scratch)
{
	prepare(sample, pair, true, true, scratch);
}

static double count_values(const void *pair, const uint32_t *count, struct kg_arena *scratch)
{
	return count_as(pair, false, false, count, scratch);
}

static double count_ranks(const void *pair, const uint32_t *count, struct kg_arena *scratch)
{
	return count_as(pair, true, false, count, scratch);
}

static double count_half(const void *pair, const uint32_t *count, struct kg_arena *scratch)
{
	return count_as(pair, false, true, count, scratch);
}

static double count_half_ranks(const void *pair, const uint32_t *count, struct kg_arena *scratch)
{
	return count_as(pair, true, true, count, scratch);
}

/* Pairs are counted less the covariates (Fisher 1924). */
static double find_z_variance(const struct kg_pair *pair, double r, bool bonett)
{
	(void)r;
	(void)bonett;
	return kg_pair_count(pair) > 3 ? 1 / (kg_pair_count(pair) - 3) : NAN;
}

static double find_rank_variance(const struct kg_pair *pair, double r, bool bonett)
{
	double n = kg_pair_count(pair);

	return n > 3 ? (bonett ? 1 + r * r / 2 : 1.06) / (n - 3) : NAN;
}

/* By the delta method for normal columns, as Olkin and Finn (1995) do: with a = r^2 and b the share of y that the
 * covariates explain, n var r = (1 - a)^2 (1 - b) + a^2 b. */
static double find_half_variance(const struct kg_pair *pair, double r, bool bonett)
{
	double n = kg_pair_count(pair), a = r * r, b = pair->explained;

	(void)bonett;
	return n > 3 && a < 1 ? ((1 - b) + a * a * b / ((1 - a) * (1 - a))) / (n - 3) : NAN;
}

static const struct kg_correlation values = { prepare_values,  kg_pair_test,	count_values,
					      kg_pair_ordered, find_z_variance, false };
static const struct kg_correlation ranked = { prepare_ranks,   kg_pair_test,	   count_ranks,
					      kg_pair_ordered, find_rank_variance, true };
static const struct kg_correlation halved = { prepare_half,    kg_pair_test,	   count_half,
					      kg_pair_ordered, find_half_variance, false };

static const struct kg_correlation halved_ranks = { prepare_half_ranks, kg_pair_test,	    count_half_ranks,
						    kg_pair_ordered,	find_half_variance, false };

static size_t fit_partial(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			  struct kg_term *out, size_t room)
{
	(void)room;
	return kg_correlation_fit(&values, sample, params, scratch, out);
}

static size_t fit_ranked(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			 struct kg_term *out, size_t room)
{
	(void)room;
	return kg_correlation_fit(&ranked, sample, params, scratch, out);
}

static size_t fit_half(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
		       struct kg_term *out, size_t room)
{
	(void)room;
	return kg_correlation_fit(&halved, sample, params, scratch, out);
}

static size_t fit_half_ranks(const struct kg_sample *sample, const struct kg_params *params, struct kg_arena *scratch,
			     struct kg_term *out, size_t room)
{
	(void)room;
	return kg_correlation_fit(&halved_ranks, sample, params, scratch, out);
}

const struct kg_stat kg_stat_partial = {
	.program = "correlate",
	.id = "partial",
	.title = "Partial correlation: of x and y, other columns held fixed",
	.formula =
	    "Pearson's r of the residuals of x and y after least squares on the columns of --partial; the same as from "
	    "the inverse of the correlation matrix; t on n - 2 - k degrees of freedom, limits with n - 3 - k",
	.source = "Yule 1907, Proc. R. Soc. Lond. A 79: 182-193; Fisher 1924, Metron 3: 329-332",
	.assumes =
	    "relations linear; holding a consequence of x or y fixed makes associations that are none; a permutation "
	    "test moves residuals",
	.unit = "-1 to 1",
	.agrees = "R ppcor::pcor.test",
	.needs = KG_NEEDS_X | KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 4,
	.fit = fit_partial,
	.terms_most = 1,
};

const struct kg_stat kg_stat_partial_spearman = {
	.program = "correlate",
	.id = "partial-spearman",
	.title = "Partial rank correlation",
	.formula = "all columns as mid-ranks, then as partial: the matrix form, not ranks of residuals",
	.source = "Conover 1999, Practical Nonparametric Statistics, 3rd ed., sec. 5.4",
	.assumes = "as spearman and partial; relations between ranks straight: where covariates make half the spread "
		   "of both columns they are not, and p below 0.05 comes in 6 % instead of 5 %",
	.unit = "-1 to 1",
	.agrees = "R ppcor::pcor.test(method = \"spearman\")",
	.needs = KG_NEEDS_X | KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 4,
	.fit = fit_ranked,
	.terms_most = 1,
};

const struct kg_stat kg_stat_semi_partial = {
	.program = "correlate",
	.id = "semi-partial",
	.title = "Semi-partial correlation: of y and what is left of x",
	.formula =
	    "Pearson's r of y and the residuals of x after least squares on the columns of --partial; t = r sqrt((n - "
	    "2 - "
	    "k) / (1 - R^2)), R^2 of y on x and the columns, the same as of x in that regression; limits tanh(atanh r "
	    "-+ z s), s^2 = (1 - b + b r^4 / (1 - r^2)^2) / (n - 3 - k), b the R^2 of y on the columns alone",
	.source =
	    "Cohen, Cohen, West and Aiken 2003, Applied Multiple Regression, 3rd ed., sec. 3.3 and 3.6; variance: "
	    "Olkin and Finn 1995, Psychol. Bull. 118: 155-164",
	.assumes = "as partial; its square is the share of the spread of y that x adds to the covariates",
	.unit = "-1 to 1",
	.agrees = "R ppcor::spcor.test with its arguments x and y exchanged (r); lm (t and p: ppcor's leave b out and "
		  "are too large)",
	.needs = KG_NEEDS_X | KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 4,
	.fit = fit_half,
	.terms_most = 1,
};

const struct kg_stat kg_stat_semi_partial_spearman = {
	.program = "correlate",
	.id = "semi-partial-spearman",
	.title = "Semi-partial rank correlation",
	.formula = "all columns as mid-ranks, then as semi-partial",
	.source = "Conover 1999, Practical Nonparametric Statistics, 3rd ed., sec. 5.4; Cohen, Cohen, West and Aiken "
		  "2003, Applied Multiple Regression, 3rd ed., sec. 3.3",
	.assumes = "as semi-partial and partial-spearman; p by t and limits are approximations",
	.unit = "-1 to 1",
	.agrees = "R cor and lm of ranks",
	.needs = KG_NEEDS_X | KG_NEEDS_Y | KG_NEEDS_DESIGN,
	.min_n = 4,
	.fit = fit_half_ranks,
	.terms_most = 1,
};
