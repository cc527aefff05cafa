set encoding utf8
set print '-'
$data << END_OF_DATA
0 0
0.333333333333 0.287428273344
0.666666666667 0.593635889411
1 1
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Area' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Area' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: places.csv. n = 3.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0677264
set rmargin at screen 0.551832
set bmargin at screen 0.177057
set tmargin at screen 0.812552
set border 1 back lc rgb '#888888' lw 1
set xrange [0:1]
set xtics nomirror out scale 0.4 ('' 0, '' 0.2, '' 0.4, '' 0.6, '' 0.8, '' 1)
set grid noxtics
set yrange [0:1]
set ytics nomirror out scale 0 ('' 0, '' 0.2, '' 0.4, '' 0.6, '' 0.8, '' 1)
set grid ytics
set label 4 '0%' at screen 0.0677264,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 '20%' at screen 0.164548,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 '40%' at screen 0.261369,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '60%' at screen 0.35819,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '80%' at screen 0.455011,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '100%' at screen 0.551832,0.143392 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '0%' at screen 0.0586079,0.177057 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '20%' at screen 0.0586079,0.304156 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '40%' at screen 0.0586079,0.431255 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 13 '60%' at screen 0.0586079,0.558354 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 14 '80%' at screen 0.0586079,0.685453 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 15 '100%' at screen 0.0586079,0.812552 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 16 'Cumulative share of places' at screen 0.309779,0.100998 center font 'Noto Sans,12' textcolor rgb '#555555' front
set label 17 'Cumulative share of Area' at screen 0.0121581,0.846218 left font 'Noto Sans,12' textcolor rgb '#555555' front
set arrow 1 from screen 0.0677264,0.177057 to screen 0.551832,0.812552 nohead lc rgb '#a8a8a8' lw 1 dt (6,5) back
set label 18 'Gini 0.079' at screen 0.56399,0.812552 left font 'Noto Sans:Bold,12' textcolor rgb '#0072b2' front
plot $data index 0 using 1:2 with lines lc rgb '#0072b2' lw 2 dt 1 notitle
unset output
print 'points ', STATS_records
