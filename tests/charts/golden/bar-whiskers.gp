set encoding utf8
set print '-'
$data << END_OF_DATA
1 15.2 0.64 1.36 0 15.2
2 15.9 1.64 2.36 0 15.9
3 6.1 2.64 3.36 0 6.1


1 13 0 4.7
2 14.2 0 3.5
3 4.5 0 3.3
END_OF_DATA
stats $data using 1 nooutput
set terminal svg size 658,401 noenhanced rounded font 'Noto Sans,12' background '#ffffff'
set output './figure.svg'
unset key
set grid noxtics noytics lc rgb '#e4e4e4' lw 1 lt 1
set label 1 'Rate by place' at screen 0.0121581,0.962178 left font 'Noto Sans:Bold,14.67' textcolor rgb '#1a1a1a' front
set label 2 'Rate' at screen 0.0121581,0.914589 left font 'Noto Sans,12.67' textcolor rgb '#555555' front
set label 3 'Source: places.csv. Whiskers: Low to High. n = 3.' at screen 0.0121581,0.0386534 left font 'Noto Sans,12' textcolor rgb '#6b6b6b' front
set lmargin at screen 0.0421398
set rmargin at screen 0.987842
set bmargin at screen 0.134663
set tmargin at screen 0.807564
set border 1 back lc rgb '#888888' lw 1
set xrange [0.5:3.5]
unset xtics
set yrange [0:20]
set ytics nomirror out scale 0 ('' 0, '' 5, '' 10, '' 15, '' 20)
set grid ytics
set label 4 'Đà Bắc' at screen 0.199757,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 5 'Lạc Sơn' at screen 0.514991,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 6 'Kim Bôi' at screen 0.830225,0.100998 center font 'Noto Sans,12' textcolor rgb '#444444' front
set label 7 '0' at screen 0.0330213,0.134663 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 8 '5' at screen 0.0330213,0.302889 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 9 '10' at screen 0.0330213,0.471114 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 10 '15' at screen 0.0330213,0.639339 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 11 '20' at screen 0.0330213,0.807564 right font 'Noto Sans,12' textcolor rgb '#444444' front
set label 12 '15.2' at screen 0.199757,0.757612 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 13 '15.9' at screen 0.514991,0.757612 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
set label 14 '6.1' at screen 0.830225,0.424526 center font 'Noto Sans,12' textcolor rgb '#1a1a1a' front
plot $data index 0 using 1:2:3:4:5:6 with boxxyerror fc rgb '#0072b2' fs solid 1 noborder notitle, \
  $data index 1 using 1:2:3:4 with vectors nohead lc rgb '#1a1a1a' lw 1.2 notitle
unset output
print 'points ', STATS_records
