mod calendar;
mod code;
mod due;
mod on_time;
mod status;
