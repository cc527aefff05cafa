/* fuzz_formula: any bytes as a formula are either refused with a message or make a model of finite numbers.
 * libFuzzer: clang -fsanitize=fuzzer,address,undefined; standard input or files without it: -DKG_FUZZ_MAIN. */
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/builder.h"
#include "table/formula.h"

#define ROWS 6
#define BUDGET ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct kg_table *make_table(struct kg_arena *arena)
{
	static const double x[ROWS] = { 2, 4, NAN, 8, 10, 0.5 }, d[ROWS] = { 1, 2, 1, 2, 3, 3 };
	static const char *const g[ROWS] = { "a", "b", "a", "", "c", "b" };
	struct kg_builder *builder = kg_builder_new("t", arena);
	const struct kg_table *table;

	kg_builder_column(builder, "y", KG_REAL, NULL);
	kg_builder_column(builder, "x", KG_REAL, NULL);
	kg_builder_column(builder, "d", KG_INTEGER, NULL);
	kg_builder_column(builder, "g", KG_TEXT, NULL);
	for (size_t i = 0; i < ROWS; i++) {
		kg_builder_row(builder);
		kg_builder_real(builder, 0, (double)i);
		kg_builder_real(builder, 1, x[i]);
		kg_builder_real(builder, 2, d[i]);
		kg_builder_text(builder, 3, g[i]);
	}
	return kg_builder_finish(builder, NULL, &table, NULL) == KG_OK ? table : NULL;
}

static void check_model(const struct kg_model *model)
{
	const struct kg_design *design = &model->design;

	assert(design->n + model->n_missing == ROWS);
	for (size_t i = 0; i < design->n; i++)
		assert(isfinite(model->y[i]));
	for (size_t j = 0; j < design->p; j++)
		assert(design->name[j] && *design->name[j]);
	for (size_t i = 0; i < design->n * design->p; i++)
		assert(isfinite(design->x[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t row[ROWS] = { 0, 1, 2, 3, 4, 5 };
	struct kg_arena *arena = kg_arena_new(BUDGET);
	const struct kg_table *table = make_table(arena);
	const struct kg_formula *formula;
	struct kg_error error = { 0 };
	struct kg_model model;
	char *text = kg_arena_text_n(arena, (const char *)data, size);

	if (text && table && kg_formula_parse(text, arena, &formula, &error) == KG_OK &&
	    kg_formula_model(formula, table, &(struct kg_cases){ row, ROWS, NULL, 0 }, arena, &model, &error) == KG_OK)
		check_model(&model);
	else
		assert(error.status == KG_OK || error.what[0]);
	kg_arena_free(arena);
	return 0;
}

#ifdef KG_FUZZ_MAIN
int main(int argc, char **argv)
{
	static uint8_t bytes[1 << 16];
	FILE *file = argc > 1 ? fopen(argv[1], "rb") : stdin;
	size_t size = file ? fread(bytes, 1, sizeof bytes, file) : 0;

	return LLVMFuzzerTestOneInput(bytes, size);
}
#endif
