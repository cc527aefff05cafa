# What the compiled objects show: no mutable globals anywhere, no input or output in stats/.
use strict;
use warnings;
use Test::More;

my $build = $ENV{BUILD} || 'build/release';
my @objects = sort(glob("$build/analysis/*.o $build/analysis/*/*.o $build/plots/*.o"));
cmp_ok(scalar(@objects), '>', 10, 'there are objects to look at');

my $forbidden = qr/^(fopen|fdopen|fprintf|printf|puts|putchar|fputs|fwrite|fread|open|openat|read|write|getenv|time|rand|srand|random|system|popen|unif_rand|norm_rand|exp_rand|gsl_rng_\w+)$/;
my (@mutable, @impure);
for my $object (@objects) {
	for (`objdump -t $object`) {
		# value, flags, section, size, name: data objects in writable sections
		next unless /\s(O)\s+(\.data|\.bss|\.tdata|\.tbss|\*COM\*|COMMON|\.data\.(?!rel\.ro)\S*|\.bss\.\S*)\s+[0-9a-f]+\s+(\S+)/;
		push @mutable, "$object: $3" unless $3 =~ /^__odr_asan\./; # the sanitizer's own marks
	}
	next unless $object =~ m{/analysis/stats/};
	for (`nm -u $object`) {
		push @impure, "$object: $1" if /\sU\s+(\w+)/ && $1 =~ $forbidden;
	}
}
is(join("\n", @mutable), '', 'no mutable globals');
is(join("\n", @impure), '', 'stats/ does no input or output and draws no random numbers of a library');
done_testing;
