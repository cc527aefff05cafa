#include "plots/medium.h"

#include <string.h>
#include <strings.h>

#define PIXELS_PER_INCH 96.0
/* Pixels of a .png for one pixel of the page: 288 dots per inch, sharp in print. */
#define PNG_SCALE 3
/* gnuplot's cairo terminals take fonts in points and blow them up by 4/3; 0.75 makes a point size a pixel size on
 * screens, 0.75 x 0.75 the same size on paper. */
#define FONT_SCALE_SCREEN 0.75
#define FONT_SCALE_PAPER (0.75 * 0.75)

static const struct kg_medium all[] = {
	{ KG_SVG, ".svg", "</svg>" }, { KG_PDF, ".pdf", "%%EOF" },	{ KG_PNG, ".png", "IEND" },
	{ KG_EPS, ".eps", "%%EOF" },  { KG_TEX, ".tex", "\\endgroup" }, { KG_TXT, ".txt", "\n" },
};

enum kg_status kg_medium_find(const char *path, const struct kg_medium **medium, struct kg_error *error)
{
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof all / sizeof all[0]; i++) {
		if (strcasecmp(dot, all[i].ending) == 0) {
			*medium = &all[i];
			return KG_OK;
		}
	}
	return kg_error_set(error, KG_EUSAGE,
			    "'%s' does not end in .svg, .pdf, .png, .eps, .tex or .txt: the ending picks the format",
			    path);
}

static void set_cairo(struct kg_buffer *script, const char *terminal, double width, double height)
{
	kg_buffer_printf(
	    script,
	    "set terminal %s size %.6gin,%.6gin noenhanced font 'Noto Sans,12' fontscale %.4g linewidth 1.5 rounded\n",
	    terminal, width / PIXELS_PER_INCH, height / PIXELS_PER_INCH, FONT_SCALE_PAPER);
}

void kg_medium_terminal(const struct kg_medium *medium, double width, double height, struct kg_buffer *script)
{
	switch (medium->id) {
	case KG_SVG:
		kg_buffer_printf(
		    script,
		    "set terminal svg size %.0f,%.0f noenhanced rounded font 'Noto Sans,12' background '#ffffff'\n",
		    width, height);
		break;
	case KG_PNG:
		kg_buffer_printf(script,
				 "set terminal pngcairo size %.0f,%.0f noenhanced rounded font 'Noto Sans,12' "
				 "fontscale %.4g linewidth %d pointscale %d background '#ffffff'\n",
				 width * PNG_SCALE, height * PNG_SCALE, FONT_SCALE_SCREEN * PNG_SCALE, PNG_SCALE,
				 PNG_SCALE);
		break;
	case KG_PDF:
		set_cairo(script, "pdfcairo", width, height);
		break;
	case KG_EPS:
		set_cairo(script, "epscairo", width, height);
		break;
	case KG_TEX:
		kg_buffer_printf(script,
				 "set terminal cairolatex pdf size %.6gin,%.6gin colourtext linewidth 1.5 rounded\n",
				 width / PIXELS_PER_INCH, height / PIXELS_PER_INCH);
		break;
	case KG_TXT:
		kg_buffer_printf(script, "set terminal dumb size %.0f,%.0f noenhanced mono\n", width / KG_CELL_WIDTH,
				 height / KG_CELL_HEIGHT);
		break;
	}
}
