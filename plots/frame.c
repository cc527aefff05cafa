/* The frame of a figure: title, subtitle and footer, and the room that they leave. */
#include <math.h>
#include <string.h>

#include "plots/canvas.h"
#include "plots/say.h"

/* Distance of everything from the edge, and between header, plot and footer. */
#define EDGE 8
#define HEADER_GAP 12
#define FOOTER_GAP 10
#define TITLE_LINES_MOST 3
#define SUBTITLE_LINES_MOST 3
#define FOOTER_LINES_MOST 5
/* Least height between header and footer, in pixels and as a share of the width, before a figure grows. */
#define ROOM_LEAST 170
#define ROOM_LEAST_SHARE 0.42

struct lines {
	const char *const *text;
	size_t count;
	const struct kg_typeface *face;
	enum kg_colour colour;
};

struct frame {
	struct lines title, subtitle, synthetic, footer;
};

static double measure_lines(const struct lines *lines)
{
	return (double)lines->count * kg_canvas_leading(lines->face);
}

static struct lines wrap(struct kg_canvas *canvas, const char *text, const struct kg_typeface *face,
			 enum kg_colour colour, size_t most)
{
	struct lines lines = { NULL, 0, face, colour };

	if (text && *text)
		lines.count = kg_typeface_wrap(face, text, canvas->width - 2 * EDGE, most, canvas->arena, &lines.text);
	return lines;
}

static void add_sentence(struct kg_buffer *text, const char *sentence)
{
	size_t length = strlen(sentence);

	if (!length)
		return;
	if (text->length)
		kg_buffer_add_char(text, ' ');
	kg_buffer_add(text, sentence);
	if (!strchr(".!?", sentence[length - 1]))
		kg_buffer_add_char(text, '.');
}

/* The file's own name: where it lies on somebody's machine is not for print. */
static const char *name_file(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : path;
}

static const char *compose_footer(struct kg_canvas *canvas, const struct kg_caption *caption)
{
	const struct kg_picture *picture = canvas->picture;
	const struct kg_provenance *from = picture->table->from;
	const char *source = picture->source ? picture->source : from->source;
	struct kg_buffer text = kg_buffer_new(canvas->arena), number = kg_buffer_new(canvas->arena);

	source = source ? kg_message_text(source, canvas->language, canvas->arena) : name_file(from->file);
	if (source && *source)
		add_sentence(&text, kg_say(canvas, "Source: %s", source));
	if (caption->method)
		add_sentence(&text, caption->method);
	if (caption->marks)
		add_sentence(&text, caption->marks);
	if (caption->missing)
		add_sentence(&text, caption->missing);
	if (picture->note) {
		add_sentence(&text, kg_message_text(picture->note, canvas->language, canvas->arena));
	} else if (caption->size) {
		add_sentence(&text, caption->size);
	} else if (isfinite(caption->n)) {
		kg_buffer_add(&number, "n = ");
		kg_number_fixed(&number, caption->n, 0, canvas->language);
		add_sentence(&text, number.text ? number.text : "");
	}
	return text.text;
}

static bool is_synthetic(const struct kg_picture *picture)
{
	return picture->table->from->synthetic || (picture->data && picture->data->from->synthetic);
}

static double write_down(struct kg_canvas *canvas, const struct lines *lines, double top)
{
	const struct kg_text_style style = { lines->face, lines->colour, KG_LEFT, 0 };
	double step = kg_canvas_leading(lines->face);

	for (size_t i = 0; i < lines->count; i++, top -= step)
		kg_canvas_text(canvas, EDGE, top - step / 2, lines->text[i], &style);
	return top;
}

static struct frame compose(struct kg_canvas *canvas, const struct kg_caption *caption)
{
	const struct kg_picture *picture = canvas->picture;
	const char *title =
	    picture->title ? kg_message_text(picture->title, canvas->language, canvas->arena) : caption->title;
	const char *twice =
	    caption->subtitle && title && strcmp(title, caption->subtitle) == 0 ? "" : caption->subtitle;
	const char *subtitle = picture->subtitle ? picture->subtitle : twice;
	const char *synthetic = is_synthetic(picture) ? kg_say(canvas, "Synthetic data") : NULL;
	struct frame frame;

	canvas->heading = title;
	frame.title = wrap(canvas, canvas->heading, &canvas->title, KG_COLOUR_INK, TITLE_LINES_MOST);
	frame.subtitle = wrap(canvas, subtitle, &canvas->subtitle, KG_COLOUR_SUBTITLE, SUBTITLE_LINES_MOST);
	frame.synthetic = wrap(canvas, synthetic, &canvas->strong, KG_COLOUR_SUBTITLE, 1);
	frame.footer = wrap(canvas, compose_footer(canvas, caption), &canvas->body, KG_COLOUR_SMALL, FOOTER_LINES_MOST);
	return frame;
}

void kg_canvas_frame(struct kg_canvas *canvas, const struct kg_caption *caption)
{
	struct frame frame = compose(canvas, caption);
	double header = EDGE + measure_lines(&frame.title) + measure_lines(&frame.subtitle) + HEADER_GAP;
	double footer = EDGE + measure_lines(&frame.synthetic) + measure_lines(&frame.footer) + FOOTER_GAP;
	double room = canvas->height - header - footer,
	       least = fmax(fmax(canvas->width * ROOM_LEAST_SHARE, ROOM_LEAST), canvas->need);
	double top;

	if (!canvas->fixed_height && room < least)
		canvas->height = ceil(canvas->height + least - room);
	canvas->sentence = caption->sentence;
	canvas->room = (struct kg_rectangle){ EDGE, canvas->width - EDGE, footer, canvas->height - header };
	top = write_down(canvas, &frame.title, canvas->height - EDGE + 2);
	write_down(canvas, &frame.subtitle, top - 2);
	top = write_down(canvas, &frame.synthetic, footer - FOOTER_GAP);
	write_down(canvas, &frame.footer, top);
}

void kg_canvas_need(struct kg_canvas *canvas, double height)
{
	canvas->need = height;
}
