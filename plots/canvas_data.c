/* The blocks of data rows of a canvas, and the layers that draw them. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "plots/canvas.h"

void kg_canvas_begin(struct kg_canvas *canvas)
{
	canvas->block_points = canvas->points;
	canvas->block_start = canvas->data.length;
	if (canvas->nblock)
		kg_buffer_add(&canvas->data, "\n\n");
}

void kg_canvas_row(struct kg_canvas *canvas, size_t count, const double *value)
{
	for (size_t i = 0; i < count; i++)
		if (!isfinite(value[i]))
			return;
	for (size_t i = 0; i < count; i++)
		kg_buffer_printf(&canvas->data, i ? " %.12g" : "%.12g", value[i]);
	kg_buffer_add_char(&canvas->data, '\n');
	canvas->points++;
}

void kg_canvas_gap(struct kg_canvas *canvas)
{
	size_t length = canvas->data.length;

	if (canvas->points > canvas->block_points && length > 1 && canvas->data.text[length - 2] != '\n')
		kg_buffer_add_char(&canvas->data, '\n');
}

void kg_canvas_end(struct kg_canvas *canvas, const char *style, ...)
{
	char text[400];
	va_list more;

	if (canvas->points == canvas->block_points) {
		canvas->data.length = canvas->block_start;
		return;
	}
	while (canvas->data.length > 1 && canvas->data.text && canvas->data.text[canvas->data.length - 2] == '\n')
		canvas->data.length--;
	va_start(more, style);
	vsnprintf(text, sizeof text, style, more);
	va_end(more);
	kg_buffer_printf(&canvas->layers, "%s$data index %zu %s notitle", canvas->nlayer++ ? ", \\\n  " : "",
			 canvas->nblock++, text);
}

void kg_canvas_again(struct kg_canvas *canvas, const char *style)
{
	if (canvas->points > canvas->block_points)
		kg_buffer_printf(&canvas->layers, ", \\\n  $data index %zu %s notitle", canvas->nblock - 1, style);
}

void kg_canvas_reuse(struct kg_canvas *canvas, size_t block, const char *style)
{
	kg_buffer_printf(&canvas->layers, "%s$data index %zu %s notitle", canvas->nlayer++ ? ", \\\n  " : "", block,
			 style);
}
