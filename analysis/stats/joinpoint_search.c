#include <math.h>
#include <string.h>

#include "stats/joinpoint_piece.h"

/* Least sum of squares up to a joinpoint as a function of the fitted value v there: a v^2 - 2 b v + c.
 * `from` is the piece before, by joinpoint and position in its list. */
struct parabola {
	double a, b, c;
	uint32_t before, which;
};

struct list {
	struct parabola *one;
	size_t count;
};

struct search {
	const struct kg_joinpoint_rules *rules;
	struct kg_pieces pieces;
	struct list **list; /* [joinpoints so far][point] */
	bool backward;	    /* from the last point to the first */
	struct kg_arena *scratch;
};

/* The piece between two points; its ends change places when the search runs backward. */
static struct kg_piece measure(const struct search *search, size_t from, size_t to)
{
	struct kg_piece piece = kg_pieces_measure(&search->pieces, from, to);

	if (search->backward)
		piece = (struct kg_piece){ piece.right,	 piece.cross, piece.left,    piece.y_right,
					   piece.y_left, piece.yy,    piece.possible };
	return piece;
}

/* The parabola at the right end of a piece, the value at the left end minimised out. */
static struct parabola extend(const struct parabola *before, const struct kg_piece *piece)
{
	double a = before->a + piece->left, b = before->b + piece->y_left;

	return (struct parabola){ .a = piece->right - piece->cross * piece->cross / a,
				  .b = piece->y_right - piece->cross * b / a,
				  .c = before->c + piece->yy - b * b / a };
}

static double least(const struct parabola *parabola)
{
	return parabola->c - parabola->b * parabola->b / parabola->a;
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

/* Where `other` first falls below `now` from v on; INFINITY when it never does: it is lower between the roots of their
 * difference when it opens upwards, beyond the upper one when it opens downwards. */
static double find_crossing(const struct parabola *now, const struct parabola *other, double v)
{
	double a = other->a - now->a, b = other->b - now->b, c = other->c - now->c, root, q, falls;

	if (a == 0)
		return b > 0 ? larger(c / (2 * b), v) : INFINITY;
	root = b * b - a * c;
	if (root <= 0)
		return INFINITY;
	q = b + copysign(sqrt(root), b);
	if (a < 0)
		return larger(b < 0 ? q / a : c / q, v);
	falls = b < 0 ? q / a : c / q;
	if (falls > v)
		return falls;
	return (b < 0 ? c / q : q / a) > v ? v : INFINITY;
}

/* Lowest at minus infinity: least a, then least slope there. */
static size_t find_first(const struct list *list)
{
	size_t first = 0;

	for (size_t i = 1; i < list->count; i++) {
		const struct parabola *now = &list->one[first], *other = &list->one[i];

		if (other->a < now->a ||
		    (other->a == now->a && (other->b < now->b || (other->b == now->b && other->c < now->c))))
			first = i;
	}
	return first;
}

/* Drops what never falls below parabola `now` beyond v, and so is never lowest again; finds the one that falls first.
 * The one at `now` stays and is where the list ends. False when none falls. */
static bool pass_on(struct list *list, struct parabola now, double *v, struct parabola *next)
{
	double nearest = INFINITY;
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		double at = find_crossing(&now, &list->one[i], *v);

		if (isinf(at))
			continue;
		list->one[kept++] = list->one[i];
		if (at < nearest) {
			nearest = at;
			*next = list->one[i];
		}
	}
	list->one[kept++] = now;
	list->count = kept;
	*v = nearest;
	return !isinf(nearest);
}

/* Takes one parabola out of the list. */
static void take_out(struct list *list, const struct parabola *one)
{
	size_t at = 0;

	while (list->one[at].before != one->before || list->one[at].which != one->which)
		at++;
	list->one[at] = list->one[--list->count];
}

/* Keeps the parabolas that are lowest somewhere: no other can be part of a best placement. One that is lowest twice
 * is written twice: `room`, right behind the list, may then overlap it. */
static void keep_envelope(struct list *list, struct parabola *room)
{
	size_t count = 0, most = 2 * list->count;
	struct parabola now, next;
	double v = -INFINITY;

	if (list->count < 2)
		return;
	next = list->one[find_first(list)];
	do {
		now = next;
		take_out(list, &now);
		room[count++] = now;
	} while (pass_on(list, now, &v, &next) && count < most);
	memmove(list->one, room, count * sizeof *room);
	list->count = count;
}

/* The first piece in the direction of the search, from its end of the series to `at`. */
static void start_list(const struct search *search, size_t at, struct list *list, struct parabola *room)
{
	struct parabola start = { 0 };
	struct kg_piece piece =
	    search->backward ? measure(search, at, search->pieces.points->n - 1) : measure(search, 0, at);

	room[0] = extend(&start, &piece);
	list->count = piece.possible;
}

/* All parabolas at `at` that come from the joinpoint before it at `from`. */
static void extend_list(const struct search *search, size_t j, size_t from, size_t at, struct list *list,
			struct parabola *room)
{
	const struct list *before = &search->list[j - 1][from];
	struct kg_piece piece = search->backward ? measure(search, at, from) : measure(search, from, at);

	for (size_t i = 0; piece.possible && i < before->count; i++) {
		struct parabola *next = &room[list->count++];

		*next = extend(&before->one[i], &piece);
		next->before = (uint32_t)from;
		next->which = (uint32_t)i;
	}
}

/* All parabolas at point `at` with j joinpoints, `at` the last of them in the direction of the search. */
static void fill_list(const struct search *search, size_t j, size_t at, struct list *list)
{
	const size_t gap = search->rules->min_between + 1, end = search->rules->min_end, n = search->pieces.points->n;

	if (j == 1)
		start_list(search, at, list, list->one);
	for (size_t from = end; j > 1 && !search->backward && from + gap <= at; from++)
		extend_list(search, j, from, at, list, list->one);
	for (size_t from = at + gap; j > 1 && search->backward && from + end < n; from++)
		extend_list(search, j, from, at, list, list->one);
}

/* The lowest of them, kept. */
static bool reach_point(struct search *search, size_t j, size_t at, struct parabola *room)
{
	struct list *list = &search->list[j][at];

	list->one = room;
	fill_list(search, j, at, list);
	keep_envelope(list, room + list->count);
	list->one = KG_ARRAY(search->scratch, struct parabola, list->count + 1);
	if (!list->one)
		return false;
	memcpy(list->one, room, list->count * sizeof *room);
	return true;
}

/* Parabolas that may meet at one point: all kept at earlier points. */
static struct parabola *make_room(const struct search *search, size_t j)
{
	size_t most = 1;

	for (size_t i = 0; j > 1 && i < search->pieces.points->n; i++)
		most += search->list[j - 1][i].count;
	return KG_ARRAY(search->scratch, struct parabola, 3 * most);
}

static bool reach_all(struct search *search, size_t most)
{
	size_t n = search->pieces.points->n, end = search->rules->min_end;

	search->list = KG_ARRAY(search->scratch, struct list *, most + 1);
	if (!search->list)
		return false;
	for (size_t j = 1; j <= most; j++) {
		struct parabola *room;

		search->list[j] = KG_ARRAY(search->scratch, struct list, n);
		room = search->list[j] ? make_room(search, j) : NULL;
		if (!room)
			return false;
		for (size_t to = end; to + end < n; to++)
			if (!reach_point(search, j, to, room))
				return false;
	}
	return true;
}

static void trace_back(const struct search *search, size_t j, size_t at, size_t which, struct kg_placement *placement)
{
	while (j) {
		const struct parabola *now = &search->list[j][at].one[which];

		placement->at[--j] = at;
		at = now->before;
		which = now->which;
	}
}

/* Closes every path of k joinpoints with a last piece and keeps the best. */
static struct kg_placement close_paths(const struct search *search, size_t k)
{
	struct kg_placement best = { .k = k, .sse = INFINITY };
	const size_t last = search->pieces.points->n - 1;
	size_t best_at = 0, best_which = 0;

	for (size_t at = search->rules->min_end; at + search->rules->min_end <= last; at++) {
		const struct list *list = &search->list[k][at];
		struct kg_piece piece = measure(search, at, last);

		for (size_t i = 0; piece.possible && i < list->count; i++) {
			struct parabola whole = extend(&list->one[i], &piece);

			if (least(&whole) < best.sse) {
				best.sse = least(&whole);
				best_at = at;
				best_which = i;
			}
		}
	}
	if (isinf(best.sse))
		best.sse = NAN;
	else
		trace_back(search, k, best_at, best_which, &best);
	return best;
}

/* The same for the largest number of joinpoints, whose own lists nobody needs: from those of one joinpoint less. */
static struct kg_placement close_top(const struct search *search, size_t k, struct parabola *room)
{
	struct kg_placement best = { .k = k, .sse = INFINITY };
	const size_t last = search->pieces.points->n - 1, end = search->rules->min_end;
	struct parabola found = { 0 };
	size_t found_at = 0;

	for (size_t at = end; at + end <= last; at++) {
		struct kg_piece piece = measure(search, at, last);
		struct list list = { room, 0 };

		fill_list(search, k, at, &list);
		for (size_t i = 0; piece.possible && i < list.count; i++) {
			struct parabola whole = extend(&room[i], &piece);

			if (least(&whole) < best.sse) {
				best.sse = least(&whole);
				found = room[i];
				found_at = at;
			}
		}
	}
	if (isinf(best.sse)) {
		best.sse = NAN;
		return best;
	}
	best.at[k - 1] = found_at;
	if (k > 1)
		trace_back(search, k - 1, found.before, found.which, &best);
	return best;
}

/* The sum of squares of one straight line. */
static struct kg_placement close_line(const struct search *search)
{
	struct parabola start = { 0 };
	struct kg_piece piece = measure(search, 0, search->pieces.points->n - 1);
	struct parabola line = extend(&start, &piece);

	return (struct kg_placement){ .sse = piece.possible ? least(&line) : NAN };
}

bool kg_joinpoint_search(const struct kg_points *points, const struct kg_joinpoint_rules *rules,
			 struct kg_arena *scratch, struct kg_placement *best)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct search search = { .rules = rules, .scratch = scratch };
	struct parabola *room;
	size_t most = rules->most;

	if (!kg_pieces_make(points, scratch, &search.pieces) || (most > 1 && !reach_all(&search, most - 1)))
		return false;
	room = most ? make_room(&search, most) : NULL;
	if (most && !room)
		return false;
	best[0] = close_line(&search);
	for (size_t k = 1; k < most; k++)
		best[k] = close_paths(&search, k);
	if (most)
		best[most] = close_top(&search, most, room);
	kg_arena_rewind(scratch, mark);
	return true;
}

/* Least sum of a path up to a point and a path from there on. */
static double join(const struct list *left, const struct list *right)
{
	double best = INFINITY;

	for (size_t i = 0; i < left->count; i++)
		for (size_t j = 0; j < right->count; j++) {
			struct parabola whole = { .a = left->one[i].a + right->one[j].a,
						  .b = left->one[i].b + right->one[j].b,
						  .c = left->one[i].c + right->one[j].c };

			best = fmin(best, least(&whole));
		}
	return isinf(best) ? NAN : best;
}

bool kg_joinpoint_profile(const struct kg_points *points, const struct kg_joinpoint_rules *rules, size_t k,
			  struct kg_arena *scratch, double *sse)
{
	struct kg_arena_mark mark = kg_arena_mark(scratch);
	struct search ahead = { .rules = rules, .scratch = scratch }, behind;
	bool done = kg_pieces_make(points, scratch, &ahead.pieces);

	behind = ahead;
	behind.backward = true;
	done = done && reach_all(&ahead, k) && reach_all(&behind, k);
	for (size_t j = 0; done && j < k; j++)
		for (size_t i = 0; i < points->n; i++)
			sse[j * points->n + i] = join(&ahead.list[j + 1][i], &behind.list[k - j][i]);
	kg_arena_rewind(scratch, mark);
	return done;
}
