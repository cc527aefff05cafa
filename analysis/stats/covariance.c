#include "stats/covariance.h"

#include <math.h>

/* A leverage nearer to 1 than this is 1: the row is fitted exactly, whatever its value, and its residual is rounding.
 */
#define LEVERAGE_ROOM 0x1p-40

/* A clustered variance this small beside the one without clusters is rounding: the sums within clusters cancel, as they
 * must when there are too few clusters for the coefficient. */
#define CANCELLED 0x1p-50L

struct maker {
	size_t n, k;
	const struct kg_fitted *fitted;
	double *q;	    /* n x k, times e_i / (1 - h_i)^a */
	double *inverse;    /* k x k */
	long double *plain; /* k variances without clusters; cluster only */
	long double *meat;
	struct kg_covariance_made made;
};

static double leverage(const struct maker *maker, size_t i)
{
	double sum = 0;

	for (size_t j = 0; j < maker->k; j++)
		sum += maker->q[j * maker->n + i] * maker->q[j * maker->n + i];
	return sum;
}

/* Turns rows of Q into scores q_i e_i. */
static void scale_rows(struct maker *maker, enum kg_covariance kind)
{
	for (size_t i = 0; i < maker->n; i++) {
		double room = 1 - leverage(maker, i), factor = maker->fitted->residual[i];

		if (kind == KG_COV_HC2 || kind == KG_COV_HC3) {
			maker->made.undefined |= room < LEVERAGE_ROOM;
			factor /= kind == KG_COV_HC3 ? room : sqrt(room);
		}
		for (size_t j = 0; j < maker->k; j++)
			maker->q[j * maker->n + i] *= factor;
	}
}

static uint32_t most_cluster(const struct maker *maker)
{
	uint32_t most = 0;

	for (size_t i = 0; i < maker->n; i++)
		if (maker->fitted->cluster[i] > most)
			most = maker->fitted->cluster[i];
	return most;
}

/* Replaces the n scores by their sums within clusters (in the first G rows) and returns G; 0 when memory is out. */
static size_t sum_clusters(struct maker *maker, struct kg_arena *arena)
{
	size_t clusters = 0;
	uint32_t *place = KG_ARRAY(arena, uint32_t, (size_t)most_cluster(maker) + 1);
	double *sum;

	if (!place)
		return 0;
	for (size_t i = 0; i < maker->n; i++)
		if (place[maker->fitted->cluster[i]] == 0)
			place[maker->fitted->cluster[i]] = (uint32_t)++clusters;
	sum = KG_ARRAY(arena, double, clusters * maker->k);
	if (!sum)
		return 0;
	for (size_t j = 0; j < maker->k; j++)
		for (size_t i = 0; i < maker->n; i++)
			sum[j * clusters + place[maker->fitted->cluster[i]] - 1] += maker->q[j * maker->n + i];
	maker->q = sum;
	return clusters;
}

/* meat = sum over `rows` rows of the scores' products, times factor. */
static void multiply_scores(struct maker *maker, size_t rows, long double factor)
{
	for (size_t a = 0; a < maker->k; a++)
		for (size_t b = 0; b <= a; b++) {
			long double sum = 0;

			for (size_t i = 0; i < rows; i++)
				sum += (long double)maker->q[a * rows + i] * maker->q[b * rows + i];
			maker->meat[a * maker->k + b] = maker->meat[b * maker->k + a] = sum * factor;
		}
}

static void set_identity(struct maker *maker)
{
	for (size_t a = 0; a < maker->k; a++)
		maker->meat[a * maker->k + a] = maker->fitted->dispersion;
}

/* value = inverse meat inverse'. */
static void wrap_meat(struct maker *maker)
{
	size_t k = maker->k;

	for (size_t a = 0; a < k; a++)
		for (size_t b = 0; b <= a; b++) {
			long double sum = 0;

			for (size_t c = a; c < k; c++)
				for (size_t d = b; d < k; d++)
					sum += (long double)maker->inverse[c * k + a] * maker->meat[c * k + d] *
					       maker->inverse[d * k + b];
			maker->made.value[a * k + b] = maker->made.value[b * k + a] = (double)sum;
		}
}

/* Variance of each coefficient from the scores row by row. */
static void find_plain(struct maker *maker)
{
	for (size_t a = 0; a < maker->k; a++)
		for (size_t i = 0; i < maker->n; i++) {
			long double part = 0;

			for (size_t b = a; b < maker->k; b++)
				part += (long double)maker->inverse[b * maker->k + a] * maker->q[b * maker->n + i];
			maker->plain[a] += part * part;
		}
}

static void drop_cancelled(struct maker *maker)
{
	for (size_t a = 0; a < maker->k; a++)
		if (maker->made.value[a * maker->k + a] <= CANCELLED * maker->plain[a])
			for (size_t b = 0; b < maker->k; b++)
				maker->made.value[a * maker->k + b] = maker->made.value[b * maker->k + a] = NAN;
}

static long double small_sample_factor(const struct maker *maker, enum kg_covariance kind)
{
	long double n = maker->n, k = maker->k, clusters = maker->made.clusters;

	if (kind == KG_COV_HC1)
		return n / (n - k);
	if (kind == KG_COV_CLUSTER)
		return clusters / (clusters - 1) * (n - 1) / (n - k);
	return 1;
}

/* Scores become their sums within clusters. False: memory is out. */
static bool gather_clusters(struct maker *maker, struct kg_arena *arena)
{
	maker->plain = KG_ARRAY(arena, long double, maker->k);
	if (!maker->plain)
		return false;
	find_plain(maker);
	maker->made.clusters = sum_clusters(maker, arena);
	return maker->made.clusters > 0;
}

struct kg_covariance_made kg_covariance_make(enum kg_covariance kind, const struct kg_fitted *fitted,
					     struct kg_arena *arena)
{
	size_t n = fitted->qr->n, k = fitted->qr->rank, rows = n;
	struct maker maker = { .n = n, .k = k, .fitted = fitted };

	maker.inverse = KG_ARRAY(arena, double, k *k);
	maker.meat = KG_ARRAY(arena, long double, k *k);
	maker.made.value = KG_ARRAY(arena, double, k *k);
	maker.q = kind == KG_COV_CLASSICAL ? maker.inverse : KG_ARRAY(arena, double, n *k);
	if (!maker.inverse || !maker.meat || !maker.made.value || !maker.q)
		return (struct kg_covariance_made){ 0 };
	kg_qr_inverse(fitted->qr, maker.inverse);
	if (kind == KG_COV_CLASSICAL) {
		set_identity(&maker);
		wrap_meat(&maker);
		return maker.made;
	}
	kg_qr_orthogonal(fitted->qr, maker.q);
	scale_rows(&maker, kind);
	if (kind == KG_COV_CLUSTER && !gather_clusters(&maker, arena))
		return (struct kg_covariance_made){ 0 };
	if (kind == KG_COV_CLUSTER)
		rows = maker.made.clusters;
	maker.made.undefined |= kind == KG_COV_CLUSTER && rows < 2;
	maker.made.undefined |= (kind == KG_COV_HC1 || kind == KG_COV_CLUSTER) && n <= k;
	multiply_scores(&maker, rows, small_sample_factor(&maker, kind));
	wrap_meat(&maker);
	if (kind == KG_COV_CLUSTER)
		drop_cancelled(&maker);
	return maker.made;
}
