/* lorenz: how unequally a total is shared (Lorenz 1905). */
#include <math.h>
#include <stdlib.h>

#include "plots/caption.h"
#include "plots/choose.h"
#include "plots/marks.h"
#include "plots/place.h"
#include "plots/notes.h"
#include "plots/say.h"
#include "plots/sentence.h"

#define ROOM_LEAST 300
#define LABEL_SHARE 0.3
/* Lines of a label that its name may fill; the index takes the rest of three. */
#define NAME_LINES 1.7

struct share {
	double value, weight; /* total of the row; people it belongs to */
	double rank;
};

/* What a curve is made of besides its series. */
struct basis {
	const struct kg_column *weight, *order; /* NULL: one each; by the mean */
	bool means;
	double *index; /* Gini or concentration of each curve */
};

static int compare_means(const void *a, const void *b)
{
	const struct share *one = a, *two = b;
	double left = one->value * two->weight, right = two->value * one->weight;

	return (left > right) - (left < right);
}

static int compare_ranks(const void *a, const void *b)
{
	const struct share *one = a, *two = b;

	return (one->rank > two->rank) - (one->rank < two->rank);
}

/* The rows that count, sorted; those of equal rank as one. */
static enum kg_status gather(const struct basis *basis, const struct kg_series *series, struct share *share, size_t *n,
			     struct kg_error *error)
{
	size_t kept = 0, steps = 0;

	for (size_t i = 0; i < series->n; i++) {
		double w = basis->weight ? kg_column_real(basis->weight, series->row[i]) : 1;
		double rank = basis->order ? kg_column_real(basis->order, series->row[i]) : 0;

		if (isnan(series->y[i]) || isnan(rank) || !(w > 0))
			continue;
		if (series->y[i] < 0)
			return kg_error_set(error, KG_EDATA, "a Lorenz curve needs values of zero and more");
		share[kept++] = (struct share){ series->y[i] * (basis->means ? w : 1), w, rank };
	}
	qsort(share, kept, sizeof *share, basis->order ? compare_ranks : compare_means);
	for (size_t i = 0; i < kept; i++)
		if (basis->order && steps && share[steps - 1].rank == share[i].rank) {
			share[steps - 1].value += share[i].value;
			share[steps - 1].weight += share[i].weight;
		} else
			share[steps++] = share[i];
	*n = steps;
	return KG_OK;
}

/* The series as its Lorenz curve, x and y from 0 to 1; its Gini index (Gini 1912), or concentration index, in `*index`.
 */
static enum kg_status accumulate(struct kg_canvas *canvas, const struct basis *basis, struct kg_series *series,
				 double *index, struct kg_error *error)
{
	struct share *share = KG_ARRAY(canvas->arena, struct share, series->n + 1);
	double total = 0, people = 0, x = 0, y = 0, area = 0;
	size_t n = 0;

	if (!share)
		return kg_error_memory(error);
	KG_TRY(gather(basis, series, share, &n, error));
	for (size_t i = 0; i < n; i++) {
		total += share[i].value;
		people += share[i].weight;
	}
	if (!(total > 0))
		return kg_error_set(error, KG_EDATA, "the values add up to zero: there is nothing to share");
	series->x = KG_ARRAY(canvas->arena, double, n + 2);
	series->y = KG_ARRAY(canvas->arena, double, n + 2);
	series->joined = KG_ARRAY(canvas->arena, bool, n + 2);
	if (!series->x || !series->y || !series->joined)
		return kg_error_memory(error);
	for (size_t i = 0; i < n; i++) {
		double before = y;

		x += share[i].weight / people;
		y += share[i].value / total;
		area += share[i].weight / people * (before + y) / 2;
		series->x[i + 1] = x;
		series->y[i + 1] = y;
		series->joined[i + 1] = true;
	}
	series->n = n + 1;
	*index = 1 - 2 * area;
	return KG_OK;
}

static struct kg_axis make_axis(struct kg_canvas *canvas)
{
	const struct kg_axis_plan plan = { .least = 0, .most = 1, .tight = true, .kind = KG_TICK_SHARE };
	struct kg_axis axis = kg_axis_value(canvas, &plan);

	return axis;
}

/* "Gini 0.312"; "Lạc Sơn, concentration −0.214" where the order is that of a rank. */
static const char *say_index(struct kg_canvas *canvas, const char *name, double index, bool ranked)
{
	struct kg_buffer number = kg_buffer_new(canvas->arena);

	kg_number_fixed(&number, index, 3, canvas->language);
	if (!number.text)
		return "";
	if (ranked)
		return name ? kg_say(canvas, "%s, concentration %s", name, number.text)
			    : kg_say(canvas, "Concentration %s", number.text);
	return name ? kg_say(canvas, "%s, Gini %s", name, number.text) : kg_say(canvas, "Gini %s", number.text);
}

/* Beside the curve at three quarters of its points; long names are cut, the index never. */
static struct kg_end_label label_curve(struct kg_canvas *canvas, const struct kg_series *series,
				       const struct basis *basis, double index, const struct kg_look *look)
{
	size_t middle = series->n * 3 / 4;
	double room = canvas->width * LABEL_SHARE * NAME_LINES;
	const char *name = series->name ? kg_typeface_cut(&canvas->strong, series->name, room, canvas->arena) : NULL;

	return (struct kg_end_label){
		.x = series->x[middle],
		.y = series->y[middle],
		.text = say_index(canvas, name, index, basis->order),
		.colour = look->behind ? KG_COLOUR_SMALL : look->colour,
		.face = &canvas->strong,
	};
}

/* Labels of the curves that have one: with many curves only that which stands out. */
static size_t make_labels(struct kg_canvas *canvas, const struct kg_series_set *set, const struct basis *basis,
			  const struct kg_look *look, struct kg_end_label *label)
{
	size_t count = 0;

	for (size_t s = 0; s < set->count; s++)
		if (!look[s].behind || set->count <= KG_LABELS_MOST)
			label[count++] = label_curve(canvas, &set->series[s], basis, basis->index[s], &look[s]);
	return count;
}

/* The one that was asked for, else the most unequal one. */
static size_t find_highlight(const struct kg_canvas *canvas, const struct kg_series_set *set, const double *index)
{
	size_t most = 0;

	if (canvas->picture->highlight)
		return kg_marks_highlight(canvas, set);
	for (size_t s = 1; s < set->count; s++)
		if (fabs(index[s]) > fabs(index[most]))
			most = s;
	return most;
}

/* Share of the total that the first half has. */
static double find_half(const struct kg_series *series)
{
	size_t i = 1;

	while (i + 1 < series->n && series->x[i] < 0.5)
		i++;
	return series->y[i - 1] +
	       (series->y[i] - series->y[i - 1]) * (0.5 - series->x[i - 1]) / (series->x[i] - series->x[i - 1]);
}

/* "Kim Bôi, Gini 0.312: the half with the least has 20%." */
static const char *tell_curves(struct kg_canvas *canvas, const struct kg_series_set *set, const struct basis *basis)
{
	struct kg_buffer text = kg_buffer_new(canvas->arena);

	kg_buffer_printf(&text, "%s.", kg_say_column(canvas, set->y));
	for (size_t s = 0; s < set->count && s < KG_SERIES_TOLD; s++) {
		const char *half =
		    kg_tick_text(find_half(&set->series[s]), 0, KG_TICK_SHARE, canvas->language, canvas->arena);
		const char *index = say_index(canvas, set->series[s].name, basis->index[s], basis->order);

		kg_buffer_add_char(&text, ' ');
		kg_buffer_add(&text,
			      basis->order
				  ? kg_say(canvas, "%s: the half that ranks first has %s.", index, half ? half : "")
				  : kg_say(canvas, "%s: the half with the least has %s.", index, half ? half : ""));
	}
	if (set->count > KG_SERIES_TOLD)
		kg_buffer_printf(&text, " %s", kg_say(canvas, "Series: %zu.", set->count));
	return kg_sentence_end(canvas, set, &text);
}

/* The name of the x axis. */
static const char *say_people(struct kg_canvas *canvas, const struct basis *basis)
{
	const char *people =
	    basis->weight ? kg_caption_lower(kg_say_column(canvas, basis->weight), canvas->arena) : NULL;
	const char *order = basis->order ? kg_caption_lower(kg_say_column(canvas, basis->order), canvas->arena) : NULL;

	if (!order)
		return people ? kg_say(canvas, "Cumulative share of %s", people)
			      : kg_say(canvas, "Cumulative share of places");
	return people ? kg_say(canvas, "Cumulative share of %s, by %s", people, order)
		      : kg_say(canvas, "Cumulative share of places, by %s", order);
}

static void open_panel(struct kg_canvas *canvas, const struct kg_series_set *set, const struct basis *basis,
		       double beside)
{
	struct kg_axis x = make_axis(canvas), y = make_axis(canvas);
	struct kg_rectangle plot;

	x.line = x.marks = y.hairlines = true;
	x.name = say_people(canvas, basis);
	y.name =
	    kg_say(canvas, "Cumulative share of %s", kg_caption_lower(kg_say_column(canvas, set->y), canvas->arena));
	plot = kg_canvas_inside(canvas, &canvas->room, &x, &y, beside);
	if (plot.right - plot.left > plot.top - plot.bottom) /* both axes have the same measure */
		plot.right = plot.left + fmin(plot.right - plot.left, 1.25 * (plot.top - plot.bottom));
	kg_canvas_panel(canvas, &plot, &x, &y);
	kg_canvas_line(canvas, &(struct kg_rectangle){ plot.left, plot.right, plot.bottom, plot.top }, KG_COLOUR_MARK,
		       "lw 1 dt (6,5) back");
}

static enum kg_status draw(const struct kg_picture *picture, struct kg_canvas *canvas, struct kg_error *error)
{
	const struct kg_series_plan plan = { .category_x = true };
	struct basis basis = { .means = picture->means };
	struct kg_picture asked = *picture;
	struct kg_end_label *label;
	struct kg_series_set set;
	struct kg_caption caption;
	struct kg_look *look;
	size_t nlabel;

	asked.low = asked.high = NULL;
	asked.x = picture->y; /* x is the people that the values belong to, not a place along the axis */
	if (picture->x)
		KG_TRY(kg_table_number(picture->table, picture->x, &basis.weight, error));
	if (picture->order)
		KG_TRY(kg_table_number(picture->table, picture->order, &basis.order, error));
	KG_TRY(kg_series_read(&asked, &plan, canvas->arena, &set, error));
	label = KG_ARRAY(canvas->arena, struct kg_end_label, set.count);
	basis.index = KG_ARRAY(canvas->arena, double, set.count + 1);
	if (!basis.index || !label)
		return kg_error_memory(error);
	caption = kg_caption_series(canvas, &set);
	caption.marks = kg_notes_stated(canvas, &set);
	for (size_t s = 0; s < set.count; s++)
		KG_TRY(accumulate(canvas, &basis, &set.series[s], &basis.index[s], error));
	look = kg_looks(canvas, &set, find_highlight(canvas, &set, basis.index));
	if (!look)
		return kg_error_memory(error);
	nlabel = make_labels(canvas, &set, &basis, look, label);
	caption.title = kg_say_column(canvas, set.y);
	caption.sentence = tell_curves(canvas, &set, &basis);
	kg_canvas_need(canvas, ROOM_LEAST);
	kg_canvas_frame(canvas, &caption);
	open_panel(canvas, &set, &basis, kg_place_width(canvas, label, nlabel, canvas->width * LABEL_SHARE));
	for (int pass = 0; pass < 2; pass++) /* what stands out is drawn last */
		for (size_t s = 0; s < set.count; s++)
			if (look[s].behind == (pass == 0))
				kg_marks_curve(canvas, &set.series[s], &look[s]);
	kg_place_write(canvas, label, nlabel);
	return KG_OK;
}

const struct kg_chart kg_chart_lorenz = {
	.id = "lorenz",
	.title = "how unequally a total is shared between places or people",
	.detail =
	    "Takes a column of totals (--y) and, optionally, the people they belong to (--x); --group draws several "
	    "curves. The Gini index stands beside each curve, the dashed diagonal is equality.",
	.example = "plot lorenz communes.csv --x population --y units --output lorenz.svg",
	.draw = draw,
};
