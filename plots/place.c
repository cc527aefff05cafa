#include "plots/place.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From the plot's edge to the text. */
#define LABEL_GAP 8
#define LINE_HEIGHT 1.2
#define LINES_MOST 3
/* A name that leaves its value no room is cut by this factor until it does. */
#define SHORTER 0.9
/* A label that was moved less than this needs no leader. */
#define MOVED_LEAST 3

static const char *join(const struct kg_canvas *canvas, const char *name, const char *value)
{
	bool number = isdigit((unsigned char)name[strlen(name) - 1]);

	return kg_arena_format(canvas->arena, number ? "%s: %s" : "%s %s", name, value);
}

/* True when the label's last line ends with the value. */
static bool keeps_value(const struct kg_canvas *canvas, const char *text, const char *value)
{
	const char *const *line;
	size_t count = kg_typeface_wrap(&canvas->strong, text, canvas->width * KG_LABEL_SHARE - LABEL_GAP, LINES_MOST,
					canvas->arena, &line);
	size_t last = count ? strlen(line[count - 1]) : 0, length = strlen(value);

	return last >= length && strcmp(line[count - 1] + last - length, value) == 0;
}

const char *kg_place_text(const struct kg_canvas *canvas, const char *name, const char *value)
{
	double width = canvas->width * KG_LABEL_SHARE * LINES_MOST;
	const char *text = name && *name ? join(canvas, name, value) : value;

	while (text && text != value && !keeps_value(canvas, text, value) && width > KG_CELL_WIDTH) {
		width *= SHORTER;
		name = kg_typeface_cut(&canvas->strong, name, width, canvas->arena);
		text = name ? join(canvas, name, value) : NULL;
	}
	return text ? text : value;
}

struct pool {
	double sum;
	size_t first, count;
};

/* Heights less the room of the labels before them: then "apart" becomes "not descending". */
void kg_place_spread(double *at, const double *size, size_t count, double least, double most)
{
	struct pool *pool = calloc(count + 1, sizeof *pool);
	double *offset = calloc(count + 1, sizeof *offset), bottom, top;
	size_t npool = 0;

	for (size_t i = 1; offset && i < count; i++)
		offset[i] = offset[i - 1] + (size[i - 1] + size[i]) / 2;
	for (size_t i = 0; pool && offset && i < count; i++) {
		pool[npool++] = (struct pool){ at[i] - offset[i], i, 1 };
		while (npool > 1 && pool[npool - 1].sum / (double)pool[npool - 1].count <
					pool[npool - 2].sum / (double)pool[npool - 2].count) {
			pool[npool - 2].sum += pool[npool - 1].sum;
			pool[npool - 2].count += pool[npool - 1].count;
			npool--;
		}
	}
	bottom = least + (count ? size[0] / 2 : 0);
	top = most - (count ? size[count - 1] / 2 + offset[count - 1] : 0);
	for (size_t p = 0; p < npool; p++)
		for (size_t i = pool[p].first; i < pool[p].first + pool[p].count; i++)
			at[i] = fmax(bottom, fmin(top, pool[p].sum / (double)pool[p].count)) + offset[i];
	free(pool);
	free(offset);
}

double kg_place_width(struct kg_canvas *canvas, struct kg_end_label *label, size_t count, double most)
{
	double widest = 0;

	for (size_t i = 0; i < count; i++) {
		label[i].nline = kg_typeface_wrap(label[i].face, label[i].text, most - LABEL_GAP, LINES_MOST,
						  canvas->arena, &label[i].line);
		for (size_t j = 0; j < label[i].nline; j++)
			widest = fmax(widest, kg_typeface_width(label[i].face, label[i].line[j]));
	}
	return widest > 0 ? widest + LABEL_GAP : 0;
}

static int compare_heights(const void *a, const void *b)
{
	const struct kg_end_label *one = a, *two = b;

	return (one->y > two->y) - (one->y < two->y);
}

static void write_label(struct kg_canvas *canvas, const struct kg_end_label *label, double height)
{
	const struct kg_text_style style = { label->face, label->colour, label->left ? KG_RIGHT : KG_LEFT, 0 };
	double step = label->face->size * LINE_HEIGHT, top = height + step * ((double)label->nline - 1) / 2;
	double x = kg_canvas_px_x(canvas, label->x), y = kg_canvas_px_y(canvas, label->y);
	double text = label->left ? canvas->plot.left - LABEL_GAP : canvas->plot.right + LABEL_GAP;
	double away = label->left ? -1 : 1;

	for (size_t i = 0; i < label->nline; i++)
		kg_canvas_text(canvas, text, top - (double)i * step, label->line[i], &style);
	if (fabs(height - y) > MOVED_LEAST || fabs(text - x) > 2.5 * LABEL_GAP)
		kg_canvas_line(canvas, &(struct kg_rectangle){ x + 4 * away, text - 2 * away, y, height },
			       KG_COLOUR_MARK, "lw 0.6");
}

void kg_place_write(struct kg_canvas *canvas, struct kg_end_label *label, size_t count)
{
	double *at = KG_ARRAY(canvas->arena, double, count + 1), *size = KG_ARRAY(canvas->arena, double, count + 1);

	if (!at || !size)
		return;
	qsort(label, count, sizeof *label, compare_heights);
	for (size_t i = 0; i < count; i++) {
		at[i] = kg_canvas_px_y(canvas, label[i].y);
		size[i] = label[i].face->size * LINE_HEIGHT * (double)label[i].nline;
	}
	kg_place_spread(at, size, count, canvas->plot.bottom, canvas->plot.top + canvas->body.size);
	for (size_t i = 0; i < count; i++)
		write_label(canvas, &label[i], at[i]);
}
