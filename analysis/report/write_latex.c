/* A LaTeX table for \usepackage{booktabs}: columns of numbers aligned on the decimal character by phantoms. */
#include "report/write.h"

#include <string.h>

#include "report/display.h"

static void add_escaped(struct kg_buffer *out, const char *text)
{
	static const char *const special[] = { "\\\\textbackslash{}", "~\\textasciitilde{}", "^\\textasciicircum{}",
					       "<\\textless{}",	      ">\\textgreater{}",    "|\\textbar{}",
					       "\"\\textquotedbl{}" };

	for (; *text; text++) {
		size_t k = 0, count = sizeof special / sizeof special[0];

		while (k < count && special[k][0] != *text)
			k++;
		if (k < count)
			kg_buffer_add(out, special[k] + 1);
		else if (strchr("&%$#_{}", *text))
			kg_buffer_printf(out, "\\%c", *text);
		else if (strncmp(text, "·", 2) == 0)
			kg_buffer_add(out, "\\textperiodcentered{}"), text++;
		else if (strncmp(text, "∞", 3) == 0)
			kg_buffer_add(out, "$\\infty$"), text += 2;
		else if (strncmp(text, "≥", 3) == 0)
			kg_buffer_add(out, "$\\geq$"), text += 2;
		else if (strncmp(text, "≤", 3) == 0)
			kg_buffer_add(out, "$\\leq$"), text += 2;
		else
			kg_buffer_add_char(out, *text);
	}
}

static void add_number(struct kg_buffer *out, const char *cell, size_t fraction, enum kg_language language)
{
	size_t own = kg_display_fraction(cell, language);

	if (*cell == '-') {
		kg_buffer_add(out, "$-$");
		cell++;
	}
	add_escaped(out, cell);
	if (*cell && *cell != '<' && own < fraction) {
		kg_buffer_add(out, "\\phantom{");
		kg_buffer_add(out, own ? "" : language == KG_VIETNAMESE ? "," : ".");
		kg_buffer_repeat(out, "0", fraction - (own ? own : 1));
		kg_buffer_add(out, "}");
	}
}

static size_t measure_fraction(const struct kg_display *display, size_t j, enum kg_language language)
{
	size_t most = 0;

	for (size_t i = 0; i < display->nrow; i++) {
		size_t fraction = kg_display_fraction(display->column[j].cell[i], language);

		most = fraction > most ? fraction : most;
	}
	return most;
}

static void add_rows(struct kg_buffer *out, const struct kg_display *display, const size_t *fraction,
		     enum kg_language language)
{
	for (size_t i = 0; i < display->nrow; i++) {
		for (size_t j = 0; j < display->ncol; j++) {
			kg_buffer_add(out, j ? " & " : "");
			if (display->column[j].number)
				add_number(out, display->column[j].cell[i], fraction[j], language);
			else
				add_escaped(out, display->column[j].cell[i]);
		}
		kg_buffer_add(out, " \\\\\n");
	}
}

static void add_grid(struct kg_buffer *out, const struct kg_display *display, const size_t *fraction,
		     enum kg_language language)
{
	kg_buffer_add(out, "\\begin{tabular}{");
	for (size_t j = 0; j < display->ncol; j++)
		kg_buffer_add(out, display->column[j].number ? "r" : "l");
	kg_buffer_add(out, "}\n\\toprule\n");
	for (size_t j = 0; j < display->ncol; j++) {
		kg_buffer_add(out, j ? " & " : "");
		add_escaped(out, display->column[j].heading);
	}
	kg_buffer_add(out, " \\\\\n\\midrule\n");
	add_rows(out, display, fraction, language);
	kg_buffer_add(out, "\\bottomrule\n\\end{tabular}\n");
}

static void add_notes(struct kg_buffer *out, const struct kg_display *display)
{
	const char *const first[] = { display->synthetic, display->same };

	if (!display->synthetic && !display->same && !display->nbelow)
		return;
	kg_buffer_add(out, "\n\\medskip\n{\\footnotesize\\raggedright ");
	for (size_t k = 0; k < 2; k++) {
		if (!first[k])
			continue;
		add_escaped(out, first[k]);
		kg_buffer_add(out, ". ");
	}
	for (size_t i = 0; i < display->nbelow; i++) {
		add_escaped(out, display->below[i]);
		kg_buffer_add(out, i + 1 < display->nbelow ? " " : "");
	}
	kg_buffer_add(out, "\\par}\n");
}

static enum kg_status write_latex(const struct kg_result *result, const struct kg_style *style,
				  struct kg_arena *scratch, struct kg_buffer *out, struct kg_error *error)
{
	struct kg_display display;
	size_t *fraction;

	KG_TRY(kg_display_make(result, style, scratch, &display, error));
	fraction = KG_ARRAY(scratch, size_t, display.ncol + 1);
	if (!fraction)
		return kg_error_memory(error);
	for (size_t j = 0; j < display.ncol; j++)
		fraction[j] = measure_fraction(&display, j, style->language);
	kg_buffer_add(out, "% needs \\usepackage{booktabs}\n\\begin{table}[htbp]\n\\centering\n");
	if (display.title) {
		kg_buffer_add(out, "\\caption{");
		add_escaped(out, display.title);
		kg_buffer_add(out, "}\n");
	}
	add_grid(out, &display, fraction, style->language);
	add_notes(out, &display);
	kg_buffer_add(out, "\\end{table}\n");
	return kg_buffer_check(out, error);
}

const struct kg_format kg_format_latex = { "latex", "LaTeX table for booktabs", write_latex };
