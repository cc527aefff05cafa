set encoding utf8
set print '-'
$data << END_OF_DATA
-120 1 -120 0 0.58 1.42
-310 2 -310 0 1.58 2.42
-92 3 -92 0 2.58 3.42


126 1 0 126 0.58 1.42
305 2 0 305 1.58 2.42
71 3 0 71 2.58 3.42
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 605,340 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Persons by sex' at screen 0.0132231,0.955392 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Persons' at screen 0.0132231,0.899265 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: ages.csv. n = 6.' at screen 0.0132231,0.0455882 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0778446
set rmargin at screen 0.973064
set bmargin at screen 0.158824
set tmargin at screen 0.787745
set border 0 back lc rgb '#888888' lw 1
set xrange [-400:400]
set xtics nomirror out scale 0 ('' -400, '' -300, '' -200, '' -100, '' 0, '' 100, '' 200, '' 300, '' 400)
set grid xtics
set yrange [0.5:3.5]
unset ytics
set label 4 '400' at screen 0.0778446,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '300' at screen 0.189747,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '200' at screen 0.30165,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '100' at screen 0.413552,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '0' at screen 0.525455,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '100' at screen 0.637357,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '200' at screen 0.74926,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '300' at screen 0.861162,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '400' at screen 0.973064,0.119118 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '0–14' at screen 0.0679273,0.263644 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '15–59' at screen 0.0679273,0.473284 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 '60+' at screen 0.0679273,0.682925 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 16 'women' at screen 0.508926,0.81598 right font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
set label 17 'men' at screen 0.541983,0.81598 left font 'Noto Sans:Bold,12' textcolor rgb '#d55e00' front
plot $data index 0 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs solid 1 noborder notitle, \
  $data index 1 using 1:2:3:4:5:6 with boxxyerror fc rgb '#d55e00' fs solid 1 noborder notitle
unset output
print 'points ', STATS_records
