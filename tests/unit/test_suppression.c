#include "cases.h"

#include <math.h>
#include <string.h>

#include "stats/suppression.h"

#define ROWS_MOST 6
#define CELLS_MOST 24

/* A table of two keys; absent cells are not in it. */
struct table {
	size_t count;
	uint32_t row[CELLS_MOST], column[CELLS_MOST];
	double value[CELLS_MOST];
};

static unsigned draw(unsigned *state, unsigned below)
{
	*state = *state * 1103515245 + 12345;
	return (*state >> 8 & 0xffff) * below >> 16;
}

/* Numbers the rows or columns that there are from 0. */
static size_t number_lines(const struct table *table, const uint32_t *of, uint32_t *line)
{
	size_t count = 0;
	uint32_t number[ROWS_MOST] = { 0 };

	for (size_t i = 0; i < table->count; i++) {
		if (!number[of[i]])
			number[of[i]] = (uint32_t)++count;
		line[i] = number[of[i]] - 1;
	}
	return count;
}

static bool hide(const struct table *table, size_t nkey, double least, struct kg_arena *arena,
		 struct kg_suppression *found)
{
	uint32_t line[2][CELLS_MOST] = { { 0 } };
	const uint32_t *const lines[] = { line[0], line[1] };
	size_t count[] = { 1, 1 };
	const struct kg_cells cells = { table->count, nkey, table->value, lines, count };

	if (nkey == 2) {
		/* The line along a key is named by the other key. */
		count[0] = number_lines(table, table->column, line[0]);
		count[1] = number_lines(table, table->row, line[1]);
	}
	return kg_suppress(&cells, least, arena, found);
}

/* All whole solutions of the totals, by trying every value: what a reader with patience can do. */
struct solving {
	const struct table *table;
	const struct kg_suppression *found;
	size_t nkey;
	double least, rest[2][ROWS_MOST], total, value[CELLS_MOST], low[CELLS_MOST], high[CELLS_MOST];
	bool free_line[2][ROWS_MOST]; /* a total of one cell is that cell and not known */
	long solutions;
};

static void take_off(struct solving *solving, size_t cell, double value)
{
	solving->rest[0][solving->table->row[cell]] -= value;
	solving->rest[1][solving->table->column[cell]] -= value;
	solving->total -= value;
}

static bool fits(const struct solving *solving)
{
	if (solving->total != 0)
		return false;
	for (size_t side = 0; side < 2 && solving->nkey == 2; side++)
		for (size_t l = 0; l < ROWS_MOST; l++)
			if (!solving->free_line[side][l] && solving->rest[side][l] != 0)
				return false;
	return true;
}

static double find_room(const struct solving *solving, size_t cell)
{
	double room = solving->total;

	if (solving->nkey == 2 && !solving->free_line[0][solving->table->row[cell]])
		room = fmin(room, solving->rest[0][solving->table->row[cell]]);
	if (solving->nkey == 2 && !solving->free_line[1][solving->table->column[cell]])
		room = fmin(room, solving->rest[1][solving->table->column[cell]]);
	return room;
}

static void solve(struct solving *solving, size_t cell)
{
	bool primary;

	while (cell < solving->table->count && !solving->found->hidden[cell])
		cell++;
	if (cell == solving->table->count) {
		if (!fits(solving))
			return;
		solving->solutions++;
		for (size_t i = 0; i < cell; i++) {
			solving->low[i] = fmin(solving->low[i], solving->value[i]);
			solving->high[i] = fmax(solving->high[i], solving->value[i]);
		}
		return;
	}
	primary = solving->found->hidden[cell] == KG_HIDDEN_PRIMARY;
	for (double v = primary ? 0 : solving->least, most = find_room(solving, cell);
	     v <= most && (!primary || v < solving->least); v++) {
		solving->value[cell] = v;
		take_off(solving, cell, v);
		solve(solving, cell + 1);
		take_off(solving, cell, -v);
	}
}

static struct solving open_solving(const struct table *table, size_t nkey, double least,
				   const struct kg_suppression *found)
{
	struct solving solving = { .table = table, .found = found, .nkey = nkey, .least = least };
	size_t size[2][ROWS_MOST] = { { 0 } };

	for (size_t i = 0; i < table->count; i++) {
		size[0][table->row[i]]++;
		size[1][table->column[i]]++;
		solving.low[i] = INFINITY;
		solving.high[i] = -INFINITY;
		if (found->hidden[i])
			take_off(&solving, i, -table->value[i]);
	}
	for (size_t side = 0; side < 2; side++)
		for (size_t l = 0; l < ROWS_MOST; l++)
			solving.free_line[side][l] = size[side][l] == 1;
	return solving;
}

static void check_table(const struct table *table, size_t nkey, double least, size_t *exposed, size_t *hidden)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_suppression found;
	struct solving solving;

	assert_true(hide(table, nkey, least, arena, &found));
	solving = open_solving(table, nkey, least, &found);
	solve(&solving, 0);
	for (size_t i = 0; i < table->count; i++) {
		if (table->value[i] < least)
			assert_int_equal(found.hidden[i], KG_HIDDEN_PRIMARY);
		else
			assert_int_not_equal(found.hidden[i], KG_HIDDEN_PRIMARY);
		if (!found.hidden[i])
			continue;
		++*hidden;
		*exposed += found.exposed[i];
		if (!found.exposed[i] && !(solving.low[i] < solving.high[i]))
			fail_msg("cell %zu of %zu, a %g, is given away", i, table->count, table->value[i]);
		assert_true(solving.low[i] <= table->value[i] && table->value[i] <= solving.high[i]);
	}
	kg_arena_free(arena);
}

static void test_one_key(void **state)
{
	unsigned seed = 1;
	size_t exposed = 0, hidden = 0;

	(void)state;
	for (int round = 0; round < 500; round++) {
		struct table table = { .count = 2 + draw(&seed, 6) };

		for (size_t i = 0; i < table.count; i++)
			table.value[i] = draw(&seed, draw(&seed, 2) ? 5 : 12);
		check_table(&table, 1, 2 + draw(&seed, 4), &exposed, &hidden);
	}
	assert_true(exposed * 5 < hidden);
}

/* Full and sparse tables of up to 4 x 4. */
static void test_two_keys(void **state)
{
	unsigned seed = 2;
	size_t exposed = 0, hidden = 0;

	(void)state;
	for (int round = 0; round < 600; round++) {
		size_t nrow = 2 + draw(&seed, 3), ncolumn = 2 + draw(&seed, 3);
		unsigned sparse = draw(&seed, 3);
		struct table table = { 0 };

		for (size_t r = 0; r < nrow; r++)
			for (size_t c = 0; c < ncolumn; c++) {
				if (draw(&seed, 10) < 2 * sparse)
					continue;
				table.row[table.count] = (uint32_t)r;
				table.column[table.count] = (uint32_t)c;
				table.value[table.count++] = draw(&seed, 4) ? 3 + draw(&seed, 8) : draw(&seed, 4);
			}
		if (table.count > 1)
			check_table(&table, 2, 2 + draw(&seed, 3), &exposed, &hidden);
	}
	assert_true(hidden > 1000 && exposed * 4 < hidden);
}

/* Places within districts: each place has a line of its own, each district a total. */
static void test_nested_keys(void **state)
{
	unsigned seed = 3;
	size_t exposed = 0, hidden = 0;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct table table = { .count = 3 + draw(&seed, 4) };

		for (size_t i = 0; i < table.count; i++) {
			table.row[i] = draw(&seed, 3);
			table.column[i] = (uint32_t)i % ROWS_MOST;
			table.value[i] = draw(&seed, 2) ? 4 + draw(&seed, 9) : draw(&seed, 4);
		}
		check_table(&table, 2, 4, &exposed, &hidden);
	}
	assert_true(hidden > 500 && exposed * 2 < hidden);
}

/* One small cell in a table of large ones: a rectangle of four is enough, and the cheapest is taken. */
static void test_least_loss(void **state)
{
	static const double value[] = { 2, 90, 20, 50, 80, 30, 40, 70, 60 };
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_suppression found;
	struct table table = { .count = 9 };

	(void)state;
	for (size_t i = 0; i < 9; i++) {
		table.row[i] = (uint32_t)i / 3;
		table.column[i] = (uint32_t)i % 3;
		table.value[i] = value[i];
	}
	assert_true(hide(&table, 2, 5, arena, &found));
	assert_int_equal(found.nprimary, 1);
	assert_int_equal(found.nsecondary, 3);
	assert_true(found.hidden[0] && found.hidden[2] && found.hidden[3] && found.hidden[5]);
	kg_arena_free(arena);
}

/* Nothing can hide what a total of 8 says of two cells that are both below 5: 4 and 4. */
static void test_totals_that_give_all_away(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_suppression found;
	struct table table = { .count = 2, .value = { 4, 4 } };

	(void)state;
	assert_true(hide(&table, 1, 5, arena, &found));
	assert_true(found.exposed[0] && found.exposed[1] && found.nexposed == 2);
	table.count = 1;
	assert_true(hide(&table, 1, 5, arena, &found));
	assert_true(found.hidden[0] && !found.exposed[0]);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_key),
		cmocka_unit_test(test_two_keys),
		cmocka_unit_test(test_nested_keys),
		cmocka_unit_test(test_least_loss),
		cmocka_unit_test(test_totals_that_give_all_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
