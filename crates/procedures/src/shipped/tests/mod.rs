mod addresses;
mod facts;
mod forms;
mod loading;
