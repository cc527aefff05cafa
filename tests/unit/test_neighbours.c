/* Neighbours from coordinates and shapes, beside slow obvious twins. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/random.h"
#include "table/builder.h"
#include "table/neighbours.h"

#define PLACES 150
#define KM 2000
#define SIDE 6 /* squares along each side of the map */
#define DEGREE (acos(-1) / 180)

static bool are_linked(const struct kg_neighbours *list, uint32_t a, uint32_t b)
{
	for (size_t k = list->start[a]; k < list->start[a + 1]; k++)
		if (list->to[k] == b)
			return true;
	return false;
}

static const struct kg_table *make_places(const double *longitude, const double *latitude, size_t n,
					  struct kg_arena *arena)
{
	struct kg_builder *builder = kg_builder_new("places", arena);
	const struct kg_table *table;
	struct kg_error error;
	char code[24];

	kg_builder_column(builder, "id", KG_TEXT, NULL);
	kg_builder_column(builder, "lon", KG_REAL, NULL);
	kg_builder_column(builder, "lat", KG_REAL, NULL);
	for (size_t i = 0; i < n; i++) {
		snprintf(code, sizeof code, "p%zu", i);
		kg_builder_row(builder);
		kg_builder_text(builder, 0, kg_arena_text(arena, code));
		kg_builder_real(builder, 1, longitude[i]);
		kg_builder_real(builder, 2, latitude[i]);
	}
	assert_int_equal(kg_builder_finish(builder, NULL, &table, &error), KG_OK);
	return table;
}

/* Haversine of the angle between two places: sin(angle / 2) squared. */
static double find_angle(const double *longitude, const double *latitude, size_t i, size_t j)
{
	double up = sin((latitude[i] - latitude[j]) * DEGREE / 2),
	       along = sin((longitude[i] - longitude[j]) * DEGREE / 2);

	return up * up + cos(latitude[i] * DEGREE) * cos(latitude[j] * DEGREE) * along * along;
}

/* Place j is among the k nearest of i when fewer than k others are nearer. */
static bool is_near(const double *longitude, const double *latitude, size_t i, size_t j, size_t k)
{
	size_t nearer = 0;

	for (size_t m = 0; m < PLACES; m++)
		nearer +=
		    m != i && m != j && find_angle(longitude, latitude, i, m) < find_angle(longitude, latitude, i, j);
	return i != j && nearer < k;
}

static void test_nearest(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_random random = kg_random_stream(5, 0, 0);
	double longitude[PLACES], latitude[PLACES];
	struct kg_nearest nearest = { 5, 0, "lon", "lat" }, within = { 0, KM, "lon", "lat" };
	struct kg_gazetteer gazetteer;
	struct kg_neighbours found;
	struct kg_error error;

	(void)state;
	for (size_t i = 0; i < PLACES; i++) {
		longitude[i] = 360 * kg_random_uniform(&random) - 180; /* across the date line too */
		latitude[i] = 180 * kg_random_uniform(&random) - 90;
	}
	assert_int_equal(
	    kg_gazetteer_make(make_places(longitude, latitude, PLACES, arena), "id", arena, &gazetteer, &error), KG_OK);
	assert_int_equal(kg_neighbours_nearest(&gazetteer, &nearest, arena, &found, &error), KG_OK);
	for (uint32_t i = 0; i < PLACES; i++)
		for (uint32_t j = 0; j < PLACES; j++)
			assert_int_equal(are_linked(&found, i, j), is_near(longitude, latitude, i, j, 5) ||
								       is_near(longitude, latitude, j, i, 5));
	assert_int_equal(kg_neighbours_nearest(&gazetteer, &within, arena, &found, &error), KG_OK);
	for (uint32_t i = 0; i < PLACES; i++)
		for (uint32_t j = 0; j < PLACES; j++) {
			double angle = 2 * asin(sqrt(find_angle(longitude, latitude, i, j)));

			assert_int_equal(are_linked(&found, i, j), i != j && 6371.0088 * angle <= KM);
		}
	kg_arena_free(arena);
}

/* A map of SIDE x SIDE unit squares. */
static void write_squares(const char *path, struct kg_arena *arena)
{
	struct kg_buffer text = kg_buffer_new(arena);
	struct kg_error error;

	kg_buffer_add(&text, "{\"type\":\"FeatureCollection\",\"features\":[");
	for (int i = 0; i < SIDE * SIDE; i++) {
		int x = i % SIDE, y = i / SIDE;

		kg_buffer_printf(&text,
				 "%s{\"type\":\"Feature\",\"id\":\"p%d\",\"properties\":{},\"geometry\":{\"type\":"
				 "\"Polygon\",\"coordinates\":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}",
				 i ? "," : "", i, x, y, x + 1, y, x + 1, y + 1, x, y + 1, x, y);
	}
	kg_buffer_add(&text, "]}");
	assert_int_equal(kg_file_write(path, text.text, text.length, &error), KG_OK);
}

static void test_squares(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	char path[] = "/tmp/keng-squares-XXXXXX";
	double zero[SIDE * SIDE] = { 0 };
	struct kg_gazetteer gazetteer;
	struct kg_neighbours found;
	struct kg_error error;

	(void)state;
	close(mkstemp(path));
	write_squares(path, arena);
	assert_int_equal(
	    kg_gazetteer_make(make_places(zero, zero, SIDE * SIDE, arena), "id", arena, &gazetteer, &error), KG_OK);
	for (int rook = 0; rook < 2; rook++) {
		struct kg_contiguity contiguity = { path, rook };

		assert_int_equal(kg_neighbours_contiguous(&gazetteer, &contiguity, arena, &found, &error), KG_OK);
		assert_int_equal(found.overlaps, 0);
		for (uint32_t i = 0; i < SIDE * SIDE; i++)
			for (uint32_t j = 0; j < SIDE * SIDE; j++) {
				int x = abs((int)(i % SIDE) - (int)(j % SIDE)),
				    y = abs((int)(i / SIDE) - (int)(j / SIDE));

				assert_int_equal(are_linked(&found, i, j),
						 rook ? x + y == 1 : i != j && x <= 1 && y <= 1);
			}
	}
	unlink(path);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_squares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
