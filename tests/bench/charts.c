/* Draws COUNT figures of 100 points each into FOLDER with THREADS pooled gnuplots; THREADS 0: with a gnuplot for each.
 * usage: charts COUNT FOLDER THREADS */
#include <stdio.h>
#include <stdlib.h>

#include "plots/draw.h"
#include "table/builder.h"

#define POINTS 100

static const struct kg_table *make_table(size_t seed, struct kg_arena *arena, struct kg_error *error)
{
	struct kg_builder *builder = kg_builder_new("series", arena);
	size_t x = kg_builder_column(builder, "x", KG_REAL, NULL), y = kg_builder_column(builder, "y", KG_REAL, NULL);
	const struct kg_table *table = NULL;

	for (size_t i = 0; i < POINTS; i++) {
		kg_builder_row(builder);
		kg_builder_real(builder, x, (double)i);
		kg_builder_real(builder, y, (double)((i * i + 7 * seed) % 101));
	}
	return kg_builder_finish(builder, NULL, &table, error) == KG_OK ? table : NULL;
}

static enum kg_status draw_one_by_one(const struct kg_drawing *drawing, size_t count, struct kg_error *error)
{
	for (size_t i = 0; i < count; i++) {
		struct kg_arena *arena = kg_arena_new(0);
		enum kg_status status = kg_picture_draw(&drawing[i].picture, drawing[i].path, arena, NULL, error);

		kg_arena_free(arena);
		if (status != KG_OK)
			return status;
	}
	return KG_OK;
}

int main(int argc, char **argv)
{
	size_t count = argc == 4 ? strtoul(argv[1], NULL, 10) : 0, threads = argc == 4 ? strtoul(argv[3], NULL, 10) : 0;
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_drawing *drawing = KG_ARRAY(arena, struct kg_drawing, count + 1);
	struct kg_error error = { 0 };
	enum kg_status status = KG_EUSAGE;

	for (size_t i = 0; drawing && i < count; i++) {
		drawing[i].picture = (struct kg_picture){ .kind = "line", .x = "x", .y = "y" };
		drawing[i].picture.table = make_table(i, arena, &error);
		drawing[i].picture.title = "100 points";
		drawing[i].path = kg_arena_format(arena, "%s/%zu.svg", argv[2], i);
	}
	if (count)
		status = threads ? kg_drawings_draw(drawing, count, threads, &error)
				 : draw_one_by_one(drawing, count, &error);
	if (status != KG_OK)
		fprintf(stderr, "charts: %s\n", count ? error.what : "usage: charts COUNT FOLDER THREADS");
	kg_arena_free(arena);
	return status != KG_OK;
}
