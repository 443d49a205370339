import './base.css';
import './results.css';
import './coach.css';
import './learner.css';
