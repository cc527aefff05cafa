#include "base/random.h"

#include <math.h>
#include <Random123/philox.h>

struct kg_random kg_random_stream(uint64_t seed, uint32_t group, uint32_t replicate)
{
	return (struct kg_random){ .seed = seed, .group = group, .replicate = replicate, .used = 4 };
}

uint32_t kg_random_bits(struct kg_random *random)
{
	if (random->used == 4) {
		philox4x32_ctr_t counter = { { (uint32_t)random->block, (uint32_t)(random->block >> 32), random->group,
					       random->replicate } };
		philox4x32_key_t key = { { (uint32_t)random->seed, (uint32_t)(random->seed >> 32) } };
		philox4x32_ctr_t out = philox4x32(counter, key);

		for (int i = 0; i < 4; i++)
			random->word[i] = out.v[i];
		random->block++;
		random->used = 0;
	}
	return random->word[random->used++];
}

double kg_random_uniform(struct kg_random *random)
{
	uint64_t high = kg_random_bits(random) >> 5, low = kg_random_bits(random) >> 6;

	return ((double)(high * 67108864 + low) + 0.5) / 9007199254740992.0;
}

uint32_t kg_random_below(struct kg_random *random, uint32_t below)
{
	uint64_t product = (uint64_t)kg_random_bits(random) * below;
	uint32_t low = (uint32_t)product;

	if (low < below) {
		uint32_t threshold = (0U - below) % below;

		while (low < threshold) {
			product = (uint64_t)kg_random_bits(random) * below;
			low = (uint32_t)product;
		}
	}
	return (uint32_t)(product >> 32);
}

double kg_random_normal(struct kg_random *random)
{
	double radius = sqrt(-2 * log(kg_random_uniform(random)));

	return radius * cos(2 * M_PI * kg_random_uniform(random));
}

void kg_random_shuffle(struct kg_random *random, uint32_t *index, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		uint32_t j = kg_random_below(random, (uint32_t)i), held = index[i - 1];

		index[i - 1] = index[j];
		index[j] = held;
	}
}
