#include "plots/category.h"

#include <math.h>
#include <string.h>

#include "base/message.h"

/* Clusters of neighbours, as the program spatial names them; the last stand highest in the key. */
static const struct {
	const char *code;
	const char *name;
	const char *hex;
} cluster[] = {
	{ "ns", KG_MESSAGE("no clear cluster"), "#ececec" },
	{ "LH", KG_MESSAGE("Low among high (LH)"), "#8fbfdc" },
	{ "HL", KG_MESSAGE("High among low (HL)"), "#f0b183" },
	{ "low", KG_MESSAGE("Low values gather"), "#0072b2" },
	{ "LL", KG_MESSAGE("Low among low (LL)"), "#0072b2" },
	{ "BB", KG_MESSAGE("Has it, as its neighbours"), "#d55e00" },
	{ "high", KG_MESSAGE("High values gather"), "#d55e00" },
	{ "HH", KG_MESSAGE("High among high (HH)"), "#d55e00" },
};

static const char *const palette[KG_CLASSES] = { "#56b4e9", "#cc79a7", "#009e73", "#d55e00", "#0072b2" };

static size_t find_cluster(const char *code)
{
	size_t k = 0;

	while (k < sizeof cluster / sizeof cluster[0] && strcmp(cluster[k].code, code) != 0)
		k++;
	return k;
}

/* All texts are clusters: they have their own order, names and colours. */
static bool are_clusters(const struct kg_column *column)
{
	for (size_t level = 0; level < column->nlevel; level++)
		if (find_cluster(column->level[level]) == sizeof cluster / sizeof cluster[0])
			return false;
	return true;
}

static void take_clusters(const struct kg_column *column, const struct kg_canvas *canvas, struct kg_classes *classes,
			  size_t *class)
{
	for (size_t k = 0; k < sizeof cluster / sizeof cluster[0]; k++)
		for (size_t level = 0; level < column->nlevel; level++) {
			if (strcmp(column->level[level], cluster[k].code) != 0)
				continue;
			class[level] = classes->count;
			classes->hex[classes->count] = cluster[k].hex;
			classes->name[classes->count++] = kg_translate(canvas->language, cluster[k].name);
		}
}

/* Other texts in the order of the data, the first highest in the key. */
static void take_levels(const struct kg_column *column, struct kg_classes *classes, size_t *class)
{
	classes->count = column->nlevel;
	for (size_t level = 0; level < column->nlevel; level++) {
		class[level] = column->nlevel - 1 - level;
		classes->hex[class[level]] = palette[KG_CLASSES - 1 - level];
		classes->name[class[level]] = column->level[level];
	}
}

/* A copy of the table in which one column of texts is one of class numbers. */
static const struct kg_table *number_column(const struct kg_table *table, const struct kg_column *column,
					    const size_t *class, struct kg_arena *arena)
{
	struct kg_column *copy = KG_ARRAY(arena, struct kg_column, table->ncol);
	struct kg_table *numbered = KG_NEW(arena, struct kg_table);
	double *number = KG_ARRAY(arena, double, table->nrow + 1);

	if (!copy || !numbered || !number)
		return NULL;
	memcpy(copy, table->column, table->ncol * sizeof *copy);
	for (size_t row = 0; row < table->nrow; row++)
		number[row] = kg_column_missing(column, row) ? NAN : (double)class[column->code[row]];
	copy[column - table->column].type = KG_REAL;
	copy[column - table->column].real = number;
	*numbered = *table;
	numbered->column = copy;
	return numbered;
}

enum kg_status kg_category_read(struct kg_picture *picture, const struct kg_canvas *canvas, struct kg_classes *classes,
				struct kg_error *error)
{
	const struct kg_column *column = picture->y ? kg_table_find(picture->table, picture->y) : NULL;
	size_t class[KG_CLASSES] = { 0 };

	if (!column || column->type != KG_TEXT)
		return KG_OK;
	if (column->nlevel > KG_CLASSES)
		return kg_error_set(error, KG_EDATA, "'%s' has %zu different texts; a map shows at most %d", picture->y,
				    column->nlevel, KG_CLASSES);
	if (are_clusters(column))
		take_clusters(column, canvas, classes, class);
	else
		take_levels(column, classes, class);
	picture->table = number_column(picture->table, column, class, canvas->arena);
	return picture->table ? KG_OK : kg_error_memory(error);
}

const char *kg_category_tell(const struct kg_classes *classes, struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);

	for (size_t c = classes->count; c-- > 0;)
		kg_buffer_printf(&text, "%s (%zu)%s", classes->name[c], classes->places[c], c ? ", " : ".");
	return text.text;
}
