#!/usr/bin/env bats
# The output formats: machine forms are exact, the forms for readers say all that belongs to the table.

setup() {
	KENG=${KENG:-build/keng}
	cd "$BATS_TEST_DIRNAME/../.."
	DIR="$BATS_TEST_TMPDIR"
	printf '%s\n' 'place,year,people' 'A|_b*,2010,1000' 'A|_b*,2020,12000' '"q""x, y",2010,5' > "$DIR/p.csv"
}

@test "csv quotes by RFC 4180 and reads back" {
	"$KENG" query "$DIR/p.csv" --sql "select place, year, people / 3.0 as third from p" --output "$DIR/o.csv" --quiet
	[ "$(sed -n 2p "$DIR/o.csv")" = "A|_b*,2010,333.3333333333333" ]
	[ "$(sed -n 4p "$DIR/o.csv")" = '"q""x, y",2010,1.6666666666666667' ]
	"$KENG" query "$DIR/o.csv" --sql "select * from o" --output "$DIR/again.csv" --quiet
	cmp "$DIR/o.csv" "$DIR/again.csv"
}

@test "json is one object with provenance, columns and rows" {
	run "$KENG" query "$DIR/p.csv" --sql "select * from p" --format json
	[ "$status" -eq 0 ]
	perl -MJSON::PP -e 'my $d = JSON::PP->new->utf8->decode($ARGV[0]);
		die "head" if $d->{synthetic} || $d->{inputs}[0]{file} !~ m{p.csv\z};
		die "types" unless join(" ", map { $_->{type} } @{$d->{columns}}) eq "string integer integer";
		my $row = $d->{rows}[2];
		die "row" unless $row->{place} eq "q\"x, y" && $row->{year} == 2010 && $row->{people} == 5;' "$output"
}

@test "json says what makes the result again: inputs by digest, rows, options, versions" {
	run "$KENG" growth "$DIR/p.csv" --time year --value people --where "place <> 'none' and people > 5" --by place --format json
	[ "$status" -eq 0 ]
	perl -MJSON::PP -e 'my ($json, $sum, $version) = @ARGV; my $d = JSON::PP->new->utf8->decode($json);
		my $input = $d->{inputs}[0];
		die "input" unless $input->{name} eq "p" && $input->{sha256} eq $sum && $input->{rows} == $d->{rows_read};
		die "rows" unless $d->{rows_dropped} > 0 && $d->{rows_used} + $d->{rows_dropped} == $d->{rows_read};
		my $o = $d->{options};
		die "options" unless $d->{program} eq "growth" && $o->{time} eq "year" && $o->{by} eq "place"
			&& $o->{method} eq "cagr" && $o->{"conf-level"} == 0.95 && $o->{seed} == 1 && !exists $o->{format};
		die "version" unless "keng $d->{version}" eq $version;
		die "library $_" for grep { $d->{libraries}{$_} !~ /^\d+\.\d+/ } "GSL", "R mathlib", "SQLite", "libcsv";
		die "locale" unless $d->{locale}{language} eq "en";' "$output" "$(sha256sum < "$DIR/p.csv" | cut -d' ' -f1)" "$("$KENG" --version)"
	run "$KENG" participation - --count people --population year --format json < "$DIR/p.csv"
	perl -MJSON::PP -e 'my $d = JSON::PP->new->utf8->decode($ARGV[0]);
		die "stdin" if defined $d->{inputs}[0]{sha256} || $d->{inputs}[0]{file} ne "-";' "$output"
}

@test "a table says once what is the same everywhere and leaves out what is empty" {
	run "$KENG" growth "$DIR/p.csv" --time year --value people --by place --format table
	[ "$status" -eq 0 ]
	[ "${lines[1]}" = "Method: cagr · Confidence level: 95% · Missing: 0" ] || [[ "${lines[1]}" == Method:\ cagr* ]]
	[[ "$output" != *bound_low* ]]
	[[ "$output" == *"too-few: fewer observations than the method needs."* ]]
}

@test "years are not grouped, amounts are" {
	run "$KENG" query "$DIR/p.csv" --sql "select year, people from p where year = 2020" --format table
	[ "${lines[0]}" = "year  people" ]
	[ "${lines[2]}" = "2020  12,000" ]
	run "$KENG" query "$DIR/p.csv" --sql "select year, people from p where year = 2020" --format table --lang vi
	[ "${lines[2]}" = "2020  12.000" ]
}

@test "Markdown escapes what would be markup" {
	run "$KENG" query "$DIR/p.csv" --sql "select place from p where year = 2020" --format markdown
	[ "${lines[0]}" = "| place    |" ]
	[ "${lines[2]}" = '| A\|\_b\* |' ]
}

@test "LaTeX is a booktabs table with escaped text" {
	run "$KENG" query "$DIR/p.csv" --sql "select place || '%&#{}~' as t, people / 8.0 as v from p" --format latex
	[[ "$output" == *'\begin{tabular}{lr}'* ]]
	[[ "$output" == *'A\textbar{}\_b*\%\&\#\{\}\textasciitilde{} & 125\phantom{.0000} \\'* ]]
	[[ "$output" == *'\bottomrule'* ]]
}

@test "HTML escapes text and marks headers" {
	run "$KENG" query "$DIR/p.csv" --sql "select '<b>&' as t, 1 as v from p limit 1" --format html
	[[ "$output" == *'<th scope="col">t</th>'* ]]
	[[ "$output" == *'<th scope="row">&lt;b&gt;&amp;</th>'* ]]
}

@test "every format for readers says that data is synthetic" {
	cat > "$DIR/datapackage.json" <<-'E'
	{"name": "s", "synthetic": true, "resources": [{"name": "p", "path": "p.csv", "synthetic": true}]}
	E
	for format in table markdown latex html; do
		run "$KENG" query "$DIR/p.csv" --sql "select * from p" --format $format
		[ "$status" -eq 0 ]
		[[ "$output" == *"Synthetic data"* ]]
	done
	run "$KENG" query "$DIR/p.csv" --sql "select * from p" --format json
	[[ "$output" == *'"synthetic": true'* ]]
}

@test "control characters of data do not reach the terminal" {
	printf 'a\nx\033[31mred\n' > "$DIR/c.csv"
	run "$KENG" query "$DIR/c.csv" --sql "select * from c" --format table
	[ "${lines[2]}" = "x [31mred" ]
}
