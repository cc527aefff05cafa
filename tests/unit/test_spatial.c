/* Spatial statistics beside slow obvious twins: all orders of few places, and exact probabilities of counts. */
#include <math.h>
#include <Rmath.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/bivariate.h"
#include "stats/conditional.h"

#define FEW 6
#define MANY 60
#define ROUNDING 1e-12

/* Places in a ring, each beside the next and, for three of them, one further on: rows of unequal length. */
static void link_ring(struct kg_weights *weights, size_t n, char style, struct kg_arena *arena)
{
	size_t *start = KG_ARRAY(arena, size_t, n + 1), count = 0;
	uint32_t *to = KG_ARRAY(arena, uint32_t, n * n);
	double *raw = KG_ARRAY(arena, double, n *n);

	for (size_t i = 0; i < n; i++) {
		for (size_t j = 0; j < n; j++) {
			size_t apart = i > j ? i - j : j - i;

			if (apart != 1 && apart != n - 1 && !(apart == 3 && i + j == 5))
				continue;
			raw[count] = 1 + 0.5 * (double)(i + j == 5);
			to[count++] = (uint32_t)j;
		}
		start[i + 1] = count;
	}
	*weights = (struct kg_weights){ .n = n, .start = start, .to = to };
	assert_true(kg_weights_style(weights, raw, style, arena));
}

/* Sum of a statistic over all orders of the places not yet placed. */
static double add_orders(const struct kg_bivariate *of, uint32_t *order, size_t placed, size_t *orders)
{
	double sum = 0;

	if (placed == FEW) {
		++*orders;
		return of->find(of, order);
	}
	for (size_t k = placed; k < FEW; k++) {
		uint32_t kept = order[placed];

		order[placed] = order[k];
		order[k] = kept;
		sum += add_orders(of, order, placed + 1, orders);
		order[k] = order[placed];
		order[placed] = kept;
	}
	return sum;
}

/* Mean of the statistic over all 720 orders, made by fitting and permuting through the public struct. */
static double find_mean(struct kg_bivariate *of)
{
	uint32_t order[FEW] = { 0, 1, 2, 3, 4, 5 };
	size_t orders = 0;
	double sum = add_orders(of, order, 0, &orders);

	assert_int_equal(orders, 720);
	return sum / (double)orders;
}

/* The kernel of bivariate Moran again, by its formula on a full matrix. */
static double find_full(const struct kg_bivariate *of, const uint32_t *order, bool lee)
{
	double matrix[FEW][FEW] = { { 0 } }, sum = 0, rows = 0, all = 0;

	for (size_t i = 0; i < FEW; i++)
		for (size_t k = of->weights->start[i]; k < of->weights->start[i + 1]; k++)
			matrix[i][of->weights->to[k]] = of->weights->weight[k];
	for (size_t i = 0; i < FEW; i++) {
		double x = 0, y = 0, row = 0;

		for (size_t j = 0; j < FEW; j++) {
			x += matrix[i][j] * of->x[order ? order[j] : j];
			y += matrix[i][j] * of->y[order ? order[j] : j];
			row += matrix[i][j];
		}
		sum += lee ? x * y : of->x[order ? order[i] : i] * y;
		rows += row * row;
		all += row;
	}
	return FEW / (lee ? rows : all) * sum / of->norm;
}

static double find_moran(const struct kg_bivariate *of, const uint32_t *order)
{
	return find_full(of, order, false);
}

static double find_lee(const struct kg_bivariate *of, const uint32_t *order)
{
	return find_full(of, order, true);
}

/* The estimate equals the formula on a full matrix, the expectation the mean over all orders. */
static void check_bivariate(const char *id, double (*find)(const struct kg_bivariate *, const uint32_t *), char style)
{
	static const double x[FEW] = { 3, 1, 4, 1.5, 9, 2.6 }, y[FEW] = { 2, 7, 1, 8, 2.8, 1.8 };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_sample sample = { .n = FEW, .y = x, .x = y };
	struct kg_spatial_own own = { .alternative = KG_TWO_SIDED };
	struct kg_params params = { .seed = 1, .permutations = 99, .threads = 1, .own = &own };
	struct kg_bivariate of = { .find = find };
	struct kg_weights weights;
	struct kg_term term[3];

	link_ring(&weights, FEW, style, arena);
	own.weights = &weights;
	assert_int_equal(kg_stat_find("spatial", id)->fit(&sample, &params, arena, term, 3), 3);
	assert_true(kg_bivariate_start(&of, &sample, &params, arena));
	assert_true(fabs(term[0].estimate - find(&of, NULL)) < ROUNDING);
	assert_true(fabs(term[1].estimate - find_mean(&of)) < ROUNDING);
	kg_arena_free(arena);
}

static void test_bivariate(void **state)
{
	(void)state;
	check_bivariate("bivariate-moran", find_moran, 'W');
	check_bivariate("bivariate-moran", find_moran, 'B');
	check_bivariate("lee", find_lee, 'W');
	check_bivariate("lee", find_lee, 'B');
}

/* Ones among the neighbours of a place that stays are hypergeometric: the share of drawn replicates must agree. */
static void test_conditional(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	const size_t replicates = 40000;
	struct kg_params params = { .seed = 3, .permutations = replicates };
	double value[MANY], ones = 0;
	struct kg_conditional of = { .value = value, .spread = 1, .alternative = KG_GREATER };
	struct kg_weights weights;

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		value[i] = i % 3 == 0 || i % 7 == 0;
		ones += value[i];
	}
	link_ring(&weights, MANY, 'B', arena);
	of.weights = &weights;
	assert_true(kg_conditional_start(&of, &params, arena));
	for (size_t i = 6; i < MANY; i += 9) { /* places with two neighbours of weight 1 */
		double near = kg_weights_lag(&weights, value, i), others = ones - value[i];
		double exact = phyper(near - 1, others, MANY - 1 - others, 2, 0, 0);
		double error = sqrt(exact * (1 - exact) / (double)replicates);

		assert_int_equal(weights.start[i + 1] - weights.start[i], 2);
		assert_true(fabs(kg_conditional_p(&of, i, 1) - exact) < 5 * error + 1.0 / (double)replicates);
	}
	kg_arena_free(arena);
}

/* G* does not change with the style of the weights: each row is divided by its own spread. */
static void test_getis_ord_styles(void **state)
{
	static const double y[FEW] = { 3, 1, 4, 1.5, 9, 2.6 };
	static const char style[] = "BWCUS";
	struct kg_term first[FEW], term[FEW];

	(void)state;
	for (size_t s = 0; style[s]; s++) {
		struct kg_arena *arena = kg_arena_new(0);
		struct kg_sample sample = { .n = FEW, .y = y };
		struct kg_weights weights;
		struct kg_spatial_own own = { &weights, KG_TWO_SIDED };
		struct kg_params params = { .threads = 1, .own = &own };

		link_ring(&weights, FEW, style[s], arena);
		assert_int_equal(kg_stat_find("spatial", "getis-ord")->fit(&sample, &params, arena, term, FEW), FEW);
		for (size_t i = 0; i < FEW; i++) {
			first[i] = s ? first[i] : term[i];
			assert_true(fabs(term[i].estimate - first[i].estimate) < ROUNDING);
		}
		kg_arena_free(arena);
	}
}

struct gini_orders {
	const struct kg_weights *weights;
	const double *y, *people;
	double observed, sum;
	size_t orders, extreme;
};

/* The part of the Gini coefficient of places that are not neighbours: all pairs, one by one. */
static double find_apart(const struct gini_orders *of, const uint32_t *order)
{
	double apart = 0, people = 0, amount = 0;

	for (uint32_t i = 0; i < FEW; i++) {
		people += of->people[i];
		amount += of->people[i] * of->y[i];
		for (uint32_t j = 0; j < FEW; j++) {
			bool linked = false;

			for (size_t k = of->weights->start[i]; k < of->weights->start[i + 1]; k++)
				linked |= of->weights->to[k] == j;
			if (!linked)
				apart += of->people[order[i]] * of->people[order[j]] *
					 fabs(of->y[order[i]] - of->y[order[j]]);
		}
	}
	return apart / (2 * people * amount);
}

static void add_gini_orders(struct gini_orders *of, uint32_t *order, size_t placed)
{
	if (placed == FEW) {
		double apart = find_apart(of, order);

		of->orders++;
		of->sum += apart;
		of->extreme += apart >= of->observed - ROUNDING;
		return;
	}
	for (size_t k = placed; k < FEW; k++) {
		uint32_t kept = order[placed];

		order[placed] = order[k];
		order[k] = kept;
		add_gini_orders(of, order, placed + 1);
		order[k] = order[placed];
		order[placed] = kept;
	}
}

static void test_gini_of_neighbours(void **state)
{
	double y[FEW] = { 3, 4, 4.5, 9, 1, 2 }, people[FEW] = { 5, 1, 2, 7, 3, 4 };
	uint32_t order[FEW] = { 0, 1, 2, 3, 4, 5 };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_weights weights;
	struct kg_spatial_own own = { &weights, KG_GREATER };
	struct kg_sample sample = { .n = FEW, .y = y, .exposure = people };
	struct kg_params params = { .conf_level = .95, .seed = 1, .threads = 1, .own = &own };
	struct gini_orders of = { &weights, y, people, 0, 0, 0, 0 };
	struct kg_term term[4];

	(void)state;
	link_ring(&weights, FEW, 'W', arena);
	of.observed = find_apart(&of, order);
	add_gini_orders(&of, order, 0);
	assert_int_equal(kg_stat_find("spatial", "gini-neighbours")->fit(&sample, &params, arena, term, 4), 4);
	assert_true(fabs(term[0].estimate - of.observed) < ROUNDING);
	assert_true(fabs(term[1].estimate - of.sum / (double)of.orders) < ROUNDING);
	assert_true(fabs(term[0].p_value - (double)of.extreme / (double)of.orders) < ROUNDING);
	assert_true(fabs(term[3].estimate - term[0].estimate - term[2].estimate) < ROUNDING);
	y[2] = -1;
	assert_int_equal(kg_stat_find("spatial", "gini-neighbours")->fit(&sample, &params, arena, term, 4), 1);
	assert_int_equal(term[0].why, KG_WHY_NEGATIVE);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bivariate),
		cmocka_unit_test(test_conditional),
		cmocka_unit_test(test_getis_ord_styles),
		cmocka_unit_test(test_gini_of_neighbours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
