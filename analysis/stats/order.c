#include "stats/order.h"

#include <string.h>

#define RADIX_BITS 11
#define RADIX_PASSES 6 /* 6 * 11 bits cover 64 */
#define RADIX_SIZE (1U << RADIX_BITS)
#define RADIX_FROM 2048 /* below this the tables of the radix sort cost more than a merge sort */

struct keyed {
	uint64_t key;
	uint32_t index;
};

/* Unsigned integers in the order of the doubles they come from. */
static uint64_t make_key(double value)
{
	uint64_t bits;

	value += 0.0; /* -0 becomes 0 */
	memcpy(&bits, &value, sizeof bits);
	return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static void merge_runs(const struct keyed *from, struct keyed *to, size_t n, size_t width)
{
	for (size_t start = 0; start < n; start += 2 * width) {
		size_t middle = start + width < n ? start + width : n;
		size_t end = start + 2 * width < n ? start + 2 * width : n;
		size_t left = start, right = middle;

		for (size_t k = start; k < end; k++) {
			bool take_left = left < middle && (right >= end || from[left].key <= from[right].key);

			to[k] = take_left ? from[left++] : from[right++];
		}
	}
}

/* Sorts `a` with `b` as room; returns the one that holds the result. */
static struct keyed *sort_by_merging(struct keyed *a, struct keyed *b, size_t n)
{
	for (size_t width = 1; width < n; width *= 2) {
		struct keyed *held = a;

		merge_runs(a, b, n, width);
		a = b;
		b = held;
	}
	return a;
}

static void scatter_pass(const struct keyed *from, struct keyed *to, size_t n, unsigned shift, size_t *start)
{
	size_t before = 0;

	for (size_t digit = 0; digit < RADIX_SIZE; digit++) {
		size_t count = start[digit];

		start[digit] = before;
		before += count;
	}
	for (size_t i = 0; i < n; i++)
		to[start[from[i].key >> shift & (RADIX_SIZE - 1)]++] = from[i];
}

static struct keyed *sort_by_radix(struct keyed *a, struct keyed *b, size_t n, size_t (*count)[RADIX_SIZE])
{
	for (size_t i = 0; i < n; i++)
		for (unsigned pass = 0; pass < RADIX_PASSES; pass++)
			count[pass][a[i].key >> pass * RADIX_BITS & (RADIX_SIZE - 1)]++;
	for (unsigned pass = 0; pass < RADIX_PASSES; pass++) {
		struct keyed *held = a;

		if (count[pass][a[0].key >> pass * RADIX_BITS & (RADIX_SIZE - 1)] == n)
			continue; /* all the same digit */
		scatter_pass(a, b, n, pass * RADIX_BITS, count[pass]);
		a = b;
		b = held;
	}
	return a;
}

struct kg_order kg_order_make(const double *value, size_t n, struct kg_arena *arena)
{
	struct kg_order order = { n, 0, KG_ARRAY(arena, uint32_t, n), KG_ARRAY(arena, uint32_t, n) };
	struct kg_arena_mark mark = kg_arena_mark(arena);
	struct keyed *a = KG_ARRAY(arena, struct keyed, n), *b = KG_ARRAY(arena, struct keyed, n);
	size_t(*count)[RADIX_SIZE] = n < RADIX_FROM ? NULL : kg_arena_array(arena, RADIX_PASSES, sizeof *count);

	if (!order.index || !order.code || !a || !b || (n >= RADIX_FROM && !count))
		return (struct kg_order){ n, 0, NULL, NULL };
	for (size_t i = 0; i < n; i++)
		a[i] = (struct keyed){ make_key(value[i]), (uint32_t)i };
	a = count ? sort_by_radix(a, b, n, count) : sort_by_merging(a, b, n);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || a[i].key != a[i - 1].key)
			order.ndistinct++;
		order.index[i] = a[i].index;
		order.code[a[i].index] = (uint32_t)(order.ndistinct - 1);
	}
	kg_arena_rewind(arena, mark);
	return order;
}

/* One past the last position of the tie group that starts at `from`. */
static size_t find_tie_end(const struct kg_order *order, size_t from)
{
	size_t end = from + 1;

	while (end < order->n && order->code[order->index[end]] == order->code[order->index[from]])
		end++;
	return end;
}

void kg_order_ranks(const struct kg_order *order, double *rank)
{
	for (size_t from = 0, end; from < order->n; from = end) {
		end = find_tie_end(order, from);
		for (size_t i = from; i < end; i++)
			rank[order->index[i]] = (double)(from + 1 + end) / 2;
	}
}

void kg_order_ranks_counted(const struct kg_order *order, const uint32_t *count, double *rank)
{
	double before = 0, total = 0;

	for (size_t i = 0; i < order->n; i++)
		total += count[i];
	for (size_t from = 0, end; from < order->n; from = end) {
		double here = 0;

		end = find_tie_end(order, from);
		for (size_t i = from; i < end; i++)
			here += count[order->index[i]];
		for (size_t i = from; i < end; i++)
			rank[order->index[i]] = before + (here - total) / 2;
		before += here;
	}
}

struct kg_ties kg_order_ties(const struct kg_order *order)
{
	struct kg_ties ties = { 0, 0, 0 };

	for (size_t from = 0, end; from < order->n; from = end) {
		double t;

		end = find_tie_end(order, from);
		t = (double)(end - from);
		ties.pairs += t * (t - 1) / 2;
		ties.second += t * (t - 1) * (2 * t + 5);
		ties.third += t * (t - 1) * (t - 2);
	}
	return ties;
}
